import type { Pair } from '../core/shape.js';
import type { Augmentation } from './augmentation.js';
import type { Tensor } from './tensor.js';

/**
 * Every operation a plan can hold. An operation names the tensors it reads and the tensors it writes, so that plans can
 * be cut into stages, verified and printed without knowing any of them. What each one computes is defined by the
 * function of the same name in `kernels/reference`.
 */
export type Op =
  | GatherImages
  | AugmentImages
  | PadImages
  | Add
  | WinogradWeight
  | Conv2d
  | Conv2dInputGrad
  | Conv2dWeightGrad
  | GroupedConv2d
  | GroupedConv2dInputGrad
  | GroupedConv2dWeightGrad
  | Linear
  | LinearInputGrad
  | LinearWeightGrad
  | TransposeWeight
  | ChannelSums
  | BatchNormStatistics
  | BatchNormRunning
  | ScaleShift
  | BatchNormGradSums
  | BatchNormGradStatistics
  | BatchNormInputGrad
  | Relu
  | ReluGrad
  | ApplyNonlinearity
  | NonlinearityGrad
  | MaxPool2d
  | MaxPool2dGrad
  | AvgPool2d
  | AvgPool2dGrad
  | NormRelu
  | NormReluGradSums
  | NormReluInputGrad
  | NormReluPool2d
  | Conv2dNormReluPool2d
  | NormReluPool2dGradSums
  | NormReluPool2dInputGrad
  | Dropout
  | CrossEntropy
  | SumTargetWeights
  | SoftCrossEntropy
  | LossTotal
  | Score
  | Softmax
  | SumPartials
  | SquareSums
  | ClipGradient
  | DecayWeight
  | WeightPenaltyGrad
  | Adam
  | Sgd
  | MovingAverage;

export type OpName = Op['op'];
export type OpOf<Name extends OpName> = Extract<Op, { op: Name }>;

type Tensors<Names extends string, Optional extends string> = Readonly<Record<Names, Tensor>> &
  Readonly<Partial<Record<Optional, Tensor>>>;

interface OpShape<
  Name extends string,
  Reads extends string,
  Writes extends string,
  OptionalReads extends string = never,
  OptionalWrites extends string = never,
> {
  readonly op: Name;
  readonly reads: Tensors<Reads, OptionalReads>;
  readonly writes: Tensors<Writes, OptionalWrites>;
}

/** Bytes of chosen images -> float32 in [0, 1], and their labels. */
export type GatherImages = OpShape<'gatherImages', 'images' | 'labels' | 'order', 'output' | 'targets'>;

/** Like `gatherImages`, each image changed at random and mixed with a partner, of which it also gives label and share. */
export type AugmentImages = OpShape<
  'augmentImages',
  'images' | 'labels' | 'order',
  'output' | 'targets' | 'partners' | 'partnerShares'
> & { readonly augmentation: Augmentation };

/** float32 images -> the same with a halo. */
export type PadImages = OpShape<'padImages', 'input', 'output'>;

/** `output = input + other`, of items of one shape. */
export type Add = OpShape<'add', 'input' | 'other', 'output'>;

interface Window {
  readonly kernel: Pair;
  readonly stride: Pair;
}

export interface PaddedWindow extends Window {
  /** Rows and columns of zeros around the input; its halo has at least as many. */
  readonly padding: Pair;
}

/**
 * `[3, 3, in, out]` -> `[16, in, out]`: a weight as Winograd's algorithm multiplies with it. A convolution that reads such a
 * `transformed` may be computed by that algorithm.
 */
export type WinogradWeight = OpShape<'winogradWeight', 'weight', 'transformed'>;

/** Cross-correlation. */
export type Conv2d = OpShape<'conv2d', 'input' | 'weight', 'output', 'bias' | 'transformed'> & PaddedWindow;

/** `transposed` is the weight as `transposeWeight` leaves it; `transformed` is made of that. */
export type Conv2dInputGrad = OpShape<
  'conv2dInputGrad',
  'outputGrad' | 'transposed',
  'inputGrad',
  'transformed'
> &
  PaddedWindow;

/** Sums over the items of a task; one partial a task. */
export type Conv2dWeightGrad = OpShape<
  'conv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  PaddedWindow & {
    /** Whether it may be computed by Winograd's algorithm. */
    readonly winograd: boolean;
  };

interface Grouped {
  /** In how many groups of neighbours the channels are; a group's outputs see its inputs only. */
  readonly groups: number;
}

/** `conv2d` with the weight `[taps, inputs of a group, outputs]`. */
export type GroupedConv2d = OpShape<'groupedConv2d', 'input' | 'weight', 'output', 'bias'> &
  PaddedWindow &
  Grouped;
export type GroupedConv2dInputGrad = OpShape<
  'groupedConv2dInputGrad',
  'outputGrad' | 'transposed',
  'inputGrad'
> &
  PaddedWindow &
  Grouped;
export type GroupedConv2dWeightGrad = OpShape<
  'groupedConv2dWeightGrad',
  'input' | 'outputGrad',
  'weightPartials',
  never,
  'biasPartials'
> &
  PaddedWindow &
  Grouped;

export type Linear = OpShape<'linear', 'input' | 'weight', 'output', 'bias'>;
export type LinearInputGrad = OpShape<'linearInputGrad', 'outputGrad' | 'transposed', 'inputGrad'>;
/** Sums over the whole batch, some of the inputs a task: that needs no partials of a large weight. */
export type LinearWeightGrad = OpShape<
  'linearWeightGrad',
  'input' | 'outputGrad',
  'weightGrad',
  never,
  'biasGrad'
>;

/** `[taps, in, out]` -> `[taps reversed, out, in]`: the weight of the convolution that computes an input gradient. */
export type TransposeWeight = OpShape<'transposeWeight', 'weight', 'transposed'>;

/** The sum and the sum of squares of each channel over the items of a task. */
export type ChannelSums = OpShape<'channelSums', 'input', 'sums'>;

/** Batch mean and variance from the tasks' sums; moves the running statistics. */
export type BatchNormStatistics = OpShape<
  'batchNormStatistics',
  'sums' | 'gamma' | 'beta',
  'mean' | 'inverseDeviation' | 'scale' | 'shift' | 'runningMean' | 'runningVariance'
> &
  BatchNormConstants & {
    /** Positions of one image that share a channel's statistics. */
    readonly positions: number;
    readonly momentum: number;
  };

interface BatchNormConstants {
  readonly epsilon: number;
}

/** Scale and shift from the running statistics, for evaluation. */
export type BatchNormRunning = OpShape<
  'batchNormRunning',
  'gamma' | 'beta' | 'runningMean' | 'runningVariance',
  'scale' | 'shift'
> &
  BatchNormConstants;

/** `output = input · scale + shift`, a scale and a shift a channel. */
export type ScaleShift = OpShape<'scaleShift', 'input' | 'scale' | 'shift', 'output'>;

/** The sums over a task's items of `outputGrad` and of `outputGrad · (input - mean)`, a channel. */
export type BatchNormGradSums = OpShape<'batchNormGradSums', 'input' | 'outputGrad' | 'mean', 'sums'>;

/** Gradients of gamma and beta, and the three coefficients of `batchNormInputGrad`. */
export type BatchNormGradStatistics = OpShape<
  'batchNormGradStatistics',
  'sums' | 'gamma' | 'mean' | 'inverseDeviation',
  'gammaGrad' | 'betaGrad' | 'coefficients'
> & { readonly positions: number };

/** `inputGrad = a · outputGrad + b · input + c`, with a, b and c a channel. */
export type BatchNormInputGrad = OpShape<
  'batchNormInputGrad',
  'input' | 'outputGrad' | 'coefficients',
  'inputGrad'
>;

export type Relu = OpShape<'relu', 'input', 'output'>;
export type ReluGrad = OpShape<'reluGrad', 'output' | 'outputGrad', 'inputGrad'>;

/** A function that is applied to each number by itself. */
export type Nonlinearity =
  /** `x` where it is positive, `slope · x` elsewhere. */
  | { readonly kind: 'leakyRelu'; readonly slope: number }
  /** `x / (1 + exp(-x))` */
  | { readonly kind: 'silu' }
  /** `x` times the share of the standard normal distribution that lies below `x`. */
  | { readonly kind: 'gelu' };

interface OfNonlinearity {
  readonly nonlinearity: Nonlinearity;
}

export type ApplyNonlinearity = OpShape<'nonlinearity', 'input', 'output'> & OfNonlinearity;
export type NonlinearityGrad = OpShape<'nonlinearityGrad', 'input' | 'outputGrad', 'inputGrad'> &
  OfNonlinearity;

export type MaxPool2d = OpShape<'maxPool2d', 'input', 'output'> & Window;
export type MaxPool2dGrad = OpShape<'maxPool2dGrad', 'input' | 'outputGrad', 'inputGrad'> & Window;

export type AvgPool2d = OpShape<'avgPool2d', 'input', 'output'> & Window;
export type AvgPool2dGrad = OpShape<'avgPool2dGrad', 'outputGrad', 'inputGrad'> & Window;

/** `scaleShift`, `add` of `other` where there is one, and `relu` in one; `fuse` puts it in their place. */
export type NormRelu = OpShape<'normRelu', 'input' | 'scale' | 'shift', 'output', 'other'>;

/** `batchNormGradSums` from the gradient of what ReLU gave. */
export type NormReluGradSums = OpShape<
  'normReluGradSums',
  'input' | 'scale' | 'shift' | 'mean' | 'outputGrad',
  'sums'
>;

/** `batchNormInputGrad` from the gradient of what ReLU gave. */
export type NormReluInputGrad = OpShape<
  'normReluInputGrad',
  'input' | 'scale' | 'shift' | 'outputGrad' | 'coefficients',
  'inputGrad'
>;

/** `scaleShift`, `relu` and a 2×2 `maxPool2d` in one; `fuse` puts it in their place. Channels come in fours. */
export type NormReluPool2d = OpShape<'normReluPool2d', 'input' | 'scale' | 'shift', 'output'>;

/** A `conv2d` and the `normReluPool2d` that reads it in one; `fuse` puts it in their place. */
export type Conv2dNormReluPool2d = OpShape<
  'conv2dNormReluPool2d',
  'input' | 'weight' | 'transformed' | 'scale' | 'shift',
  'output',
  'bias'
> &
  PaddedWindow;

/** `batchNormGradSums` from the gradient of the pooled image. */
export type NormReluPool2dGradSums = OpShape<
  'normReluPool2dGradSums',
  'input' | 'scale' | 'shift' | 'mean' | 'outputGrad',
  'sums'
>;

/** `batchNormInputGrad` from the gradient of the pooled image. */
export type NormReluPool2dInputGrad = OpShape<
  'normReluPool2dInputGrad',
  'input' | 'scale' | 'shift' | 'outputGrad' | 'coefficients',
  'inputGrad'
>;

/** Zeroes an element with `probability`, scales the others; its own gradient too, since the mask can be drawn again. */
export type Dropout = OpShape<'dropout', 'input', 'output'> & {
  readonly probability: number;
  /** Tells the dropout layers of one model apart. */
  readonly salt: number;
};

/** Loss and correct answers of a task's items, and the gradient of the mean loss. */
export type CrossEntropy = OpShape<'crossEntropy', 'logits' | 'targets', 'logitsGrad' | 'totals'>;

/** The sum, over a task's items, of the weights of their classes. */
export type SumTargetWeights = OpShape<
  'sumTargetWeights',
  'targets' | 'partners' | 'partnerShares' | 'classWeights',
  'weightSums'
>;

/** Like `crossEntropy`, of targets that share a partner's class, are smoothed, and weigh what their classes do. */
export type SoftCrossEntropy = OpShape<
  'softCrossEntropy',
  'logits' | 'targets' | 'partners' | 'partnerShares' | 'classWeights' | 'weightSums',
  'logitsGrad' | 'totals'
> & { readonly smoothing: number };

/** One step's loss and correct answers from the tasks' totals. */
export type LossTotal = OpShape<'lossTotal', 'totals', 'results'>;

/** Loss and predicted class of each item, kept at the item's place in the order. */
export type Score = OpShape<'score', 'logits' | 'targets', 'losses' | 'predictions'>;

export type Softmax = OpShape<'softmax', 'logits', 'probabilities'>;

/** Adds the tasks' partials in order. */
export type SumPartials = OpShape<'sumPartials', 'partials', 'gradient'>;

/** The sum of the squares of the elements of a task. */
export type SquareSums = OpShape<'squareSums', 'gradient', 'sums'>;

/** Scales a gradient down to `maxNorm` where it is longer; its length is the root of the tasks' sums. */
export type ClipGradient = OpShape<'clipGradient', 'sums', 'gradient'> & { readonly maxNorm: number };

/** Shrinks a weight by the step's learning rate times `decay`, whatever its gradient. */
export type DecayWeight = OpShape<'decayWeight', never, 'weight'> & { readonly decay: number };

/** Adds the gradient of the penalty `decay / 2 · Σ weight²`. */
export type WeightPenaltyGrad = OpShape<'weightPenaltyGrad', 'weight', 'gradient'> & {
  readonly decay: number;
};

export type Adam = OpShape<'adam', 'gradient', 'parameter' | 'firstMoment' | 'secondMoment'> & {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
};

export type Sgd = OpShape<'sgd', 'gradient', 'parameter' | 'velocity'> & {
  readonly momentum: number;
  /** Whether a step goes on from where the velocity leads: Nesterov's momentum. */
  readonly nesterov: boolean;
};

/** Moves an average by the step's share of the way to the present value. */
export type MovingAverage = OpShape<'movingAverage', 'value', 'average'>;

/** How an operation's work is shared out among the workers. */
export type Partition =
  /** A task takes a run of the batch's images. */
  | 'items'
  /** A task takes a run of a tensor's elements. */
  | 'elements'
  /** One worker does it all. */
  | 'whole';

export const PARTITION: Readonly<Record<OpName, Partition>> = {
  gatherImages: 'items',
  augmentImages: 'items',
  padImages: 'items',
  add: 'items',
  winogradWeight: 'elements',
  conv2d: 'items',
  conv2dInputGrad: 'items',
  conv2dWeightGrad: 'items',
  groupedConv2d: 'items',
  groupedConv2dInputGrad: 'items',
  groupedConv2dWeightGrad: 'items',
  linear: 'items',
  linearInputGrad: 'items',
  linearWeightGrad: 'elements',
  transposeWeight: 'elements',
  channelSums: 'items',
  batchNormStatistics: 'whole',
  batchNormRunning: 'whole',
  scaleShift: 'items',
  batchNormGradSums: 'items',
  batchNormGradStatistics: 'whole',
  batchNormInputGrad: 'items',
  relu: 'items',
  reluGrad: 'items',
  nonlinearity: 'items',
  nonlinearityGrad: 'items',
  maxPool2d: 'items',
  maxPool2dGrad: 'items',
  avgPool2d: 'items',
  avgPool2dGrad: 'items',
  normRelu: 'items',
  normReluGradSums: 'items',
  normReluInputGrad: 'items',
  normReluPool2d: 'items',
  conv2dNormReluPool2d: 'items',
  normReluPool2dGradSums: 'items',
  normReluPool2dInputGrad: 'items',
  dropout: 'items',
  crossEntropy: 'items',
  sumTargetWeights: 'items',
  softCrossEntropy: 'items',
  lossTotal: 'whole',
  score: 'items',
  softmax: 'items',
  sumPartials: 'elements',
  squareSums: 'elements',
  clipGradient: 'elements',
  decayWeight: 'elements',
  weightPenaltyGrad: 'elements',
  adam: 'elements',
  sgd: 'elements',
  movingAverage: 'elements',
};
