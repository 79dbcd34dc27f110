import type { Pair, Shape } from '#inkling/core/shape.js';
import type { Augmentation } from '#inkling/plan/augmentation.js';
import type { Nonlinearity, OpName, OpOf } from '#inkling/plan/ops.js';
import { MAX_STEPS } from '#inkling/plan/steps.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import type { OpDraw } from './opDraw.js';
import { convolutionOf, transformable } from './winogradDraw.js';

/**
 * How near a float32 kernel has to come to the truth:
 * - `exact`: the float32 next to it;
 * - `rounded`: a rounding or two of the result away, since all in front of it is done in double precision;
 * - `summed`: roundings in proportion to the sum of its terms' magnitudes, which can be far larger than the result.
 */
export type Accuracy = 'exact' | 'rounded' | 'summed';

interface OpCases<Name extends OpName> {
  readonly accuracy: Accuracy;
  /** Draws shapes, adds tensors and returns an operation on them. */
  draw(draw: OpDraw): OpOf<Name>;
  /** What to put for a tensor's values to have the result become the sum of its terms' magnitudes, if not their own. */
  readonly magnitudeOf?: Readonly<Record<string, (value: number) => number>>;
  /** For `rounded`: the magnitude of float32 numbers that may cancel out in the result. */
  readonly cancelling?: number;
}

/** How each operation is tested. A missing one does not compile. */
export const opCases: { readonly [Name in OpName]: OpCases<Name> } = {
  gatherImages: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'gatherImages', ...sourceToImages(draw) }),
  },
  augmentImages: {
    accuracy: 'rounded',
    // Contrast takes a part of the mean away; a mixture is the sum of two.
    cancelling: 1,
    draw(draw) {
      const { reads, writes } = sourceToImages(draw);
      const partners = draw.builder.perImage('partners', [], { dtype: 'i32' });
      const partnerShares = draw.builder.perImage('partnerShares', []);
      return {
        op: 'augmentImages',
        reads,
        writes: { ...writes, partners, partnerShares },
        augmentation: augmentationOf(draw),
      };
    },
  },
  padImages: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'padImages', ...inputToOutput(draw) }),
  },
  add: {
    accuracy: 'exact',
    draw(draw) {
      const { reads, writes } = inputToOutput(draw);
      return { op: 'add', reads: { ...reads, other: draw.items('other', reads.input.shape) }, writes };
    },
  },
  winogradWeight: {
    accuracy: 'summed',
    draw(draw) {
      const { inputs, outputs } = convolutionOf(draw, 'output', true);
      return {
        op: 'winogradWeight',
        reads: { weight: draw.shared('weight', [3, 3, inputs, outputs]) },
        writes: { transformed: draw.shared('transformed', [16, inputs, outputs]) },
      };
    },
  },
  conv2d: {
    accuracy: 'summed',
    draw(draw) {
      const usesWinograd = draw.index % 2 === 1;
      const { kernel, stride, padding, input, output, inputs, outputs } = convolutionOf(
        draw,
        'output',
        usesWinograd,
      );
      const image = paddedImage(draw, 'input', [...input, inputs], padding);
      const weights = usesWinograd
        ? transformable(draw, 'weight', inputs, outputs)
        : { weight: draw.shared('weight', [...kernel, inputs, outputs]) };
      const bias = hasBias(draw) && { bias: draw.shared('bias', [outputs]) };
      return {
        op: 'conv2d',
        reads: { input: image, ...weights, ...bias },
        writes: { output: draw.image('output', [...output, outputs]) },
        kernel,
        stride,
        padding,
      };
    },
  },
  conv2dInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const usesWinograd = draw.index % 2 === 1;
      const { kernel, stride, padding, input, output, inputs, outputs } = convolutionOf(
        draw,
        'input',
        usesWinograd,
      );
      const needed: Pair = [Math.max(0, kernel[0] - 1 - padding[0]), Math.max(0, kernel[1] - 1 - padding[1])];
      const weights = usesWinograd
        ? transformable(draw, 'transposed', outputs, inputs)
        : { transposed: draw.shared('transposed', [...kernel, outputs, inputs]) };
      return {
        op: 'conv2dInputGrad',
        reads: { outputGrad: paddedImage(draw, 'outputGrad', [...output, outputs], needed), ...weights },
        writes: { inputGrad: draw.image('inputGrad', [...input, inputs]) },
        kernel,
        stride,
        padding,
      };
    },
  },
  conv2dWeightGrad: {
    accuracy: 'summed',
    draw(draw) {
      const winograd = draw.index % 2 === 1;
      const { kernel, stride, padding, input, output, inputs, outputs } = convolutionOf(
        draw,
        'output',
        winograd,
      );
      const weightPartials = draw.perTask('weightPartials', [kernel[0] * kernel[1] * inputs * outputs]);
      return {
        op: 'conv2dWeightGrad',
        reads: {
          input: paddedImage(draw, 'input', [...input, inputs], padding),
          outputGrad: draw.image('outputGrad', [...output, outputs]),
        },
        writes: hasBias(draw)
          ? { weightPartials, biasPartials: draw.perTask('biasPartials', [outputs]) }
          : { weightPartials },
        kernel,
        stride,
        padding,
        winograd,
      };
    },
  },
  conv2dNormReluPool2d: {
    accuracy: 'summed',
    draw(draw) {
      const { inputs, outputs } = convolutionOf(draw, 'output', true);
      const padding = draw.pair(0, 2);
      const input = [2 * draw.height + 2 - 2 * padding[0], 2 * draw.width + 2 - 2 * padding[1], inputs];
      return {
        op: 'conv2dNormReluPool2d',
        reads: {
          input: paddedImage(draw, 'input', input, padding),
          ...transformable(draw, 'weight', inputs, outputs),
          ...(hasBias(draw) && { bias: draw.shared('bias', [outputs]) }),
          scale: draw.shared('scale', [outputs]),
          shift: draw.shared('shift', [outputs]),
        },
        writes: { output: draw.image('output', [draw.height, draw.width, outputs]) },
        kernel: [3, 3],
        stride: [1, 1],
        padding,
      };
    },
  },
  groupedConv2d: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, padding, input, output } = draw.window('output', 5, 3);
      const { groups, inputs, outputs, weightShape } = groupsOf(draw, kernel);
      const weight = draw.shared('weight', weightShape);
      const weights = hasBias(draw) ? { weight, bias: draw.shared('bias', [outputs]) } : { weight };
      return {
        op: 'groupedConv2d',
        reads: { input: paddedImage(draw, 'input', [...input, inputs], padding), ...weights },
        writes: { output: draw.image('output', [...output, outputs]) },
        kernel,
        stride,
        padding,
        groups,
      };
    },
  },
  groupedConv2dInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, padding, input, output } = draw.window('input', 5, 3);
      const { groups, inputs, outputs } = groupsOf(draw, kernel);
      const transposed = draw.shared('transposed', [...kernel, outputs, inputs / groups]);
      return {
        op: 'groupedConv2dInputGrad',
        reads: { outputGrad: draw.image('outputGrad', [...output, outputs]), transposed },
        writes: { inputGrad: draw.image('inputGrad', [...input, inputs]) },
        kernel,
        stride,
        padding,
        groups,
      };
    },
  },
  groupedConv2dWeightGrad: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, padding, input, output } = draw.window('output', 5, 3);
      const { groups, inputs, outputs, weightShape } = groupsOf(draw, kernel);
      const weightPartials = draw.perTask('weightPartials', weightShape);
      return {
        op: 'groupedConv2dWeightGrad',
        reads: {
          input: paddedImage(draw, 'input', [...input, inputs], padding),
          outputGrad: draw.image('outputGrad', [...output, outputs]),
        },
        writes: hasBias(draw)
          ? { weightPartials, biasPartials: draw.perTask('biasPartials', [outputs]) }
          : { weightPartials },
        kernel,
        stride,
        padding,
        groups,
      };
    },
  },
  linear: {
    accuracy: 'summed',
    draw(draw) {
      const [inputs, outputs] = [draw.width * draw.channels, draw.otherChannels];
      const weight = draw.shared('weight', [inputs, outputs]);
      const weights = hasBias(draw) ? { weight, bias: draw.shared('bias', [outputs]) } : { weight };
      return {
        op: 'linear',
        reads: { input: draw.items('input', [inputs]), ...weights },
        writes: { output: draw.items('output', [outputs]) },
      };
    },
  },
  linearInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const [inputs, outputs] = [draw.width * draw.channels, draw.otherChannels];
      return {
        op: 'linearInputGrad',
        reads: {
          outputGrad: draw.items('outputGrad', [outputs]),
          transposed: draw.shared('transposed', [outputs, inputs]),
        },
        writes: { inputGrad: draw.items('inputGrad', [inputs]) },
      };
    },
  },
  linearWeightGrad: {
    accuracy: 'summed',
    draw(draw) {
      const [inputs, outputs] = [draw.width, draw.otherChannels];
      const weightGrad = draw.shared('weightGrad', [inputs, outputs]);
      return {
        op: 'linearWeightGrad',
        reads: {
          input: draw.items('input', [inputs]),
          outputGrad: draw.items('outputGrad', [outputs]),
        },
        writes: hasBias(draw) ? { weightGrad, biasGrad: draw.shared('biasGrad', [outputs]) } : { weightGrad },
      };
    },
  },
  transposeWeight: {
    accuracy: 'exact',
    draw(draw) {
      const [inputs, outputs] = [draw.channels, draw.otherChannels];
      const taps = draw.index % 3 === 0 ? [] : draw.pair(1, 5);
      return {
        op: 'transposeWeight',
        reads: { weight: draw.shared('weight', [...taps, inputs, outputs]) },
        writes: { transposed: draw.shared('transposed', [...taps, outputs, inputs]) },
      };
    },
  },
  channelSums: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'channelSums',
      reads: { input: draw.image('input', [draw.height, draw.width, draw.channels]) },
      writes: { sums: draw.perTask('sums', [2, draw.channels], 'f64') },
    }),
  },
  batchNormStatistics: {
    accuracy: 'rounded',
    // The shift: beta less mean times scale.
    cancelling: 1,
    draw(draw) {
      const channel = channelsOf(draw);
      return {
        op: 'batchNormStatistics',
        reads: { sums: sumsOf(draw), gamma: channel('gamma'), beta: channel('beta') },
        writes: {
          mean: channel('mean'),
          inverseDeviation: channel('inverseDeviation'),
          scale: channel('scale'),
          shift: channel('shift'),
          runningMean: channel('runningMean', -1, 1),
          runningVariance: channel('runningVariance', 0.5, 2),
        },
        epsilon: 1e-5,
        positions: draw.height * draw.width,
        momentum: 0.1,
      };
    },
  },
  batchNormRunning: {
    accuracy: 'rounded',
    // The shift: beta less mean times scale.
    cancelling: 1,
    draw(draw) {
      const channel = channelsOf(draw);
      return {
        op: 'batchNormRunning',
        reads: {
          gamma: channel('gamma'),
          beta: channel('beta'),
          runningMean: channel('runningMean'),
          runningVariance: channel('runningVariance', 0, 2),
        },
        writes: { scale: channel('scale'), shift: channel('shift') },
        epsilon: 1e-5,
      };
    },
  },
  scaleShift: {
    accuracy: 'summed',
    draw(draw) {
      const channel = channelsOf(draw);
      const { reads, writes } = imageToImage(draw);
      return {
        op: 'scaleShift',
        reads: { ...reads, scale: channel('scale'), shift: channel('shift') },
        writes,
      };
    },
  },
  batchNormGradSums: {
    accuracy: 'summed',
    // It is subtracted.
    magnitudeOf: { mean: (value) => -Math.abs(value) },
    draw(draw) {
      const shape = [draw.height, draw.width, draw.channels];
      return {
        op: 'batchNormGradSums',
        reads: {
          input: draw.image('input', shape),
          outputGrad: draw.image('outputGrad', shape),
          mean: channelsOf(draw)('mean'),
        },
        writes: { sums: draw.perTask('sums', [2, draw.channels], 'f64') },
      };
    },
  },
  batchNormGradStatistics: {
    accuracy: 'rounded',
    draw(draw) {
      const channel = channelsOf(draw);
      return {
        op: 'batchNormGradStatistics',
        reads: {
          sums: sumsOf(draw),
          gamma: channel('gamma'),
          mean: channel('mean'),
          inverseDeviation: channel('inverseDeviation', 0.5, 2),
        },
        writes: {
          gammaGrad: channel('gammaGrad'),
          betaGrad: channel('betaGrad'),
          coefficients: draw.shared('coefficients', [3, draw.channels]),
        },
        positions: draw.height * draw.width,
      };
    },
  },
  batchNormInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const shape = [draw.height, draw.width, draw.channels];
      const input = draw.image('input', shape);
      return {
        op: 'batchNormInputGrad',
        reads: {
          input,
          outputGrad: draw.image('outputGrad', shape),
          coefficients: draw.shared('coefficients', [3, draw.channels]),
        },
        writes: { inputGrad: inputGradOf(draw, input) },
      };
    },
  },
  relu: {
    accuracy: 'exact',
    draw: (draw) => ({ op: 'relu', ...inputToOutput(draw) }),
  },
  reluGrad: {
    accuracy: 'exact',
    draw(draw) {
      const shape = draw.anyShape();
      const outputGrad = draw.items('outputGrad', shape);
      const inputGrad = draw.index % 2 === 0 ? outputGrad : draw.items('inputGrad', shape);
      return {
        op: 'reluGrad',
        reads: { output: draw.items('output', shape), outputGrad },
        writes: { inputGrad },
      };
    },
  },
  nonlinearity: {
    accuracy: 'summed',
    draw(draw) {
      const { reads, writes } = inputToOutput(draw);
      draw.values.set(reads.input, () => draw.random.uniform(-12, 12));
      return { op: 'nonlinearity', reads, writes, nonlinearity: nonlinearityOf(draw) };
    },
  },
  nonlinearityGrad: {
    accuracy: 'summed',
    draw(draw) {
      const shape = draw.anyShape();
      const [input, outputGrad] = [draw.items('input', shape), draw.items('outputGrad', shape)];
      const inputGrad = draw.index % 2 === 0 ? outputGrad : draw.items('inputGrad', shape);
      draw.values.set(input, () => draw.random.uniform(-12, 12));
      return {
        op: 'nonlinearityGrad',
        reads: { input, outputGrad },
        writes: { inputGrad },
        nonlinearity: nonlinearityOf(draw),
      };
    },
  },
  maxPool2d: {
    accuracy: 'exact',
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 3, 0);
      return {
        op: 'maxPool2d',
        reads: { input: draw.image('input', [...input, draw.channels]) },
        writes: { output: draw.image('output', [...output, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
  maxPool2dGrad: {
    // Where windows overlap, gradients add.
    accuracy: 'summed',
    // It says where the gradients go.
    magnitudeOf: { input: (value) => value },
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 3, 0);
      const from = draw.image('input', [...input, draw.channels]);
      // A few values only, so that windows have several largest ones.
      draw.values.set(from, () => draw.integer(-2, 2));
      return {
        op: 'maxPool2dGrad',
        reads: { input: from, outputGrad: draw.image('outputGrad', [...output, draw.channels]) },
        writes: { inputGrad: draw.image('inputGrad', [...input, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
  avgPool2d: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 5, 0);
      return {
        op: 'avgPool2d',
        reads: { input: draw.image('input', [...input, draw.channels]) },
        writes: { output: draw.image('output', [...output, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
  avgPool2dGrad: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, input, output } = draw.window('output', 3, 0);
      return {
        op: 'avgPool2dGrad',
        reads: { outputGrad: draw.image('outputGrad', [...output, draw.channels]) },
        writes: { inputGrad: draw.image('inputGrad', [...input, draw.channels]) },
        kernel,
        stride,
      };
    },
  },
  normRelu: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, wholes } = normReluOf(draw);
      const isSum = draw.index % 2 === 0;
      return {
        op: 'normRelu',
        reads: { input, scale, shift, ...(isSum && { other: wholes(draw.image('other', input.shape)) }) },
        writes: { output: draw.image('output', input.shape) },
      };
    },
  },
  normReluGradSums: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, wholes } = normReluOf(draw);
      const mean = wholes(draw.shared('mean', scale.shape));
      const outputGrad = wholes(draw.image('outputGrad', input.shape));
      const sums = draw.perTask('sums', [2, input.shape[2]], 'f64');
      return {
        op: 'normReluGradSums',
        reads: { input, scale, shift, mean, outputGrad },
        writes: { sums },
      };
    },
  },
  normReluInputGrad: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, wholes } = normReluOf(draw);
      const coefficients = wholes(draw.shared('coefficients', [3, input.shape[2]]));
      const outputGrad = wholes(draw.image('outputGrad', input.shape));
      const inputGrad = inputGradOf(draw, input);
      const reads = { input, scale, shift, outputGrad, coefficients };
      return { op: 'normReluInputGrad', reads, writes: { inputGrad } };
    },
  },
  normReluPool2d: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, pooled } = normReluPoolOf(draw);
      return {
        op: 'normReluPool2d',
        reads: { input, scale, shift },
        writes: { output: draw.image('output', pooled) },
      };
    },
  },
  normReluPool2dGradSums: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, pooled, wholes } = normReluPoolOf(draw);
      const mean = wholes(draw.shared('mean', shift.shape));
      const outputGrad = wholes(draw.image('outputGrad', pooled));
      const sums = draw.perTask('sums', [2, input.shape[2]], 'f64');
      return {
        op: 'normReluPool2dGradSums',
        reads: { input, scale, shift, mean, outputGrad },
        writes: { sums },
      };
    },
  },
  normReluPool2dInputGrad: {
    accuracy: 'exact',
    draw(draw) {
      const { input, scale, shift, pooled, wholes } = normReluPoolOf(draw);
      const coefficients = wholes(draw.shared('coefficients', [3, input.shape[2]]));
      const outputGrad = wholes(draw.image('outputGrad', pooled));
      const inputGrad = inputGradOf(draw, input);
      const reads = { input, scale, shift, outputGrad, coefficients };
      return { op: 'normReluPool2dInputGrad', reads, writes: { inputGrad } };
    },
  },
  dropout: {
    accuracy: 'rounded',
    draw: (draw) => ({
      op: 'dropout',
      ...inputToOutput(draw),
      probability: [0, 0.25, 0.5, 0.9][draw.integer(0, 3)],
      salt: draw.integer(0, 9),
    }),
  },
  crossEntropy: {
    accuracy: 'rounded',
    draw(draw) {
      const reads = draw.classified();
      const logitsGrad = draw.builder.perImage('logitsGrad', reads.logits.shape);
      const totals = draw.perTask('totals', [2], 'f64');
      return { op: 'crossEntropy', reads, writes: { logitsGrad, totals } };
    },
  },
  sumTargetWeights: {
    accuracy: 'exact',
    draw(draw) {
      const { reads } = softTargetsOf(draw);
      return { op: 'sumTargetWeights', reads, writes: { weightSums: draw.perTask('weightSums', [], 'f64') } };
    },
  },
  softCrossEntropy: {
    accuracy: 'rounded',
    // Probability and target, up to twice a class's weight and more than the weights' sum.
    cancelling: 4,
    draw(draw) {
      const weightSums = draw.perTask('weightSums', [], 'f64', () => draw.random.uniform(0.5, 1));
      const { logits, reads } = softTargetsOf(draw);
      const logitsGrad = draw.builder.perImage('logitsGrad', logits.shape);
      const totals = draw.perTask('totals', [2], 'f64');
      const smoothing = [0, 0.1, 0.5][draw.integer(0, 2)];
      return {
        op: 'softCrossEntropy',
        reads: { ...reads, logits, weightSums },
        writes: { logitsGrad, totals },
        smoothing,
      };
    },
  },
  lossTotal: {
    accuracy: 'exact',
    draw(draw) {
      const results = draw.builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
      return { op: 'lossTotal', reads: { totals: draw.perTask('totals', [2], 'f64') }, writes: { results } };
    },
  },
  score: {
    accuracy: 'rounded',
    draw(draw) {
      const predictions = draw.integers('predictions', 'i32', [30]);
      return {
        op: 'score',
        reads: draw.classified(),
        writes: { losses: draw.shared('losses', [30]), predictions },
      };
    },
  },
  softmax: {
    accuracy: 'rounded',
    draw(draw) {
      const { logits } = draw.classified();
      const probabilities = draw.builder.perImage('probabilities', logits.shape);
      return { op: 'softmax', reads: { logits }, writes: { probabilities } };
    },
  },
  sumPartials: {
    accuracy: 'summed',
    draw(draw) {
      const shape = [draw.width * draw.channels];
      return {
        op: 'sumPartials',
        reads: { partials: draw.perTask('partials', shape) },
        writes: { gradient: draw.shared('gradient', shape) },
      };
    },
  },
  squareSums: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'squareSums',
      reads: { gradient: elementsOf(draw)('gradient') },
      writes: { sums: draw.perTask('sums', [1], 'f64') },
    }),
  },
  clipGradient: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'clipGradient',
      reads: { sums: draw.perTask('sums', [1], 'f64', () => draw.random.uniform(0, 1)) },
      writes: { gradient: elementsOf(draw)('gradient', -1, 1) },
      // In every other case longer than any gradient.
      maxNorm: draw.index % 2 === 0 ? 0.7 : 100,
    }),
  },
  decayWeight: {
    accuracy: 'summed',
    draw: (draw) => ({
      op: 'decayWeight',
      reads: {},
      writes: { weight: elementsOf(draw)('weight', -1, 1) },
      decay: 0.05,
    }),
  },
  weightPenaltyGrad: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'weightPenaltyGrad',
        reads: { weight: elements('weight') },
        writes: { gradient: elements('gradient', -1, 1) },
        decay: 0.05,
      };
    },
  },
  adam: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'adam',
        reads: { gradient: elements('gradient') },
        writes: {
          parameter: elements('parameter', -1, 1),
          firstMoment: elements('firstMoment', -1, 1),
          secondMoment: elements('secondMoment', 0, 1),
        },
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
      };
    },
  },
  sgd: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'sgd',
        reads: { gradient: elements('gradient') },
        writes: { parameter: elements('parameter', -1, 1), velocity: elements('velocity', -1, 1) },
        momentum: 0.9,
        nesterov: draw.index % 2 === 0,
      };
    },
  },
  movingAverage: {
    accuracy: 'summed',
    draw(draw) {
      const elements = elementsOf(draw);
      return {
        op: 'movingAverage',
        reads: { value: elements('value') },
        writes: { average: elements('average', -1, 1) },
      };
    },
  },
};

/** Whether a layer with a weight has a bias too: mostly. */
function hasBias(draw: OpDraw): boolean {
  return draw.index % 4 !== 3;
}

/** In every other case a group for each channel, else a few of several channels. */
function groupsOf(draw: OpDraw, kernel: Pair) {
  const isDepthwise = draw.index % 2 === 0;
  const groups = isDepthwise ? draw.channels : draw.integer(1, 4);
  const inputs = isDepthwise ? groups : groups * draw.integer(1, 5);
  const outputs = isDepthwise ? groups : groups * draw.integer(1, 18);
  return { groups, inputs, outputs, weightShape: [...kernel, inputs / groups, outputs] };
}

/** Images with the halo that a convolution needs, sometimes with more than that. */
function paddedImage(draw: OpDraw, name: string, shape: Shape, [above, left]: Pair): Tensor {
  const [moreAbove, moreLeft] = draw.pair(0, 1);
  return draw.image(name, shape, [above + moreAbove, left + moreLeft]);
}

function nonlinearityOf(draw: OpDraw): Nonlinearity {
  const kinds: readonly Nonlinearity[] = [
    { kind: 'leakyRelu', slope: 0.01 },
    { kind: 'silu' },
    { kind: 'gelu' },
  ];
  return kinds[draw.integer(0, 2)];
}

/** Logits, and targets that share their class with a partner's. */
function softTargetsOf(draw: OpDraw) {
  const { logits, targets } = draw.classified();
  const [classes] = logits.shape;
  const partners = draw.builder.perImage('partners', [], { dtype: 'i32' });
  draw.values.set(partners, () => draw.integer(0, classes - 1));
  const partnerShares = draw.builder.perImage('partnerShares', []);
  draw.values.set(partnerShares, () => draw.integer(0, 1) * draw.random.uniform(0, 1));
  const classWeights = draw.shared('classWeights', [classes], () => draw.random.uniform(0.5, 2));
  return { logits, reads: { targets, partners, partnerShares, classWeights } };
}

/** Bytes, labels and an order, and a batch of images with their targets. */
function sourceToImages(draw: OpDraw) {
  const imageCount = 30;
  const shape = [draw.height, draw.width, draw.channels];
  const images = draw.integers('images', 'u8', shape, imageCount, 255);
  const labels = draw.integers('labels', 'u8', [imageCount], 1, 255);
  const order = draw.integers('order', 'i32', [imageCount], 1, imageCount - 1);
  const targets = draw.builder.perImage('targets', [], { dtype: 'i32' });
  return { reads: { images, labels, order }, writes: { output: draw.image('output', shape), targets } };
}

/** Any changes together, weak and strong. */
function augmentationOf(draw: OpDraw): Augmentation {
  const anyOf = (...strengths: number[]) => strengths[draw.integer(0, strengths.length - 1)];
  return {
    shift: anyOf(0, 0.5, 7),
    rotate: anyOf(0, 10, 180),
    scale: anyOf(0, 0.1, 0.5),
    shear: anyOf(0, 5, 45),
    elastic: anyOf(0, 0.5, 6),
    crop: anyOf(0, 1, 30),
    flip: draw.integer(0, 1) === 1,
    border: draw.integer(0, 1) === 1 ? 'zero' : 'reflect',
    erase: anyOf(0, 2, 9),
    brightness: anyOf(0, 0.2, 0.5),
    contrast: anyOf(0, 0.2, 0.5),
    mixup: anyOf(0, 0.2, 1),
    cutmix: anyOf(0, 0.2, 1),
  };
}

/** Items of any shape, in every other case over themselves. */
function inputToOutput(draw: OpDraw) {
  const shape = draw.anyShape();
  const input = draw.items('input', shape);
  const output = draw.index % 2 === 0 ? input : draw.items('output', shape);
  return { reads: { input }, writes: { output } };
}

function imageToImage(draw: OpDraw) {
  const shape = [draw.height, draw.width, draw.channels];
  return { reads: { input: draw.image('input', shape) }, writes: { output: draw.image('output', shape) } };
}

/** Adds vectors with a number for each channel. */
function channelsOf(draw: OpDraw) {
  return (name: string, low?: number, high = 1): Tensor =>
    draw.shared(name, [draw.channels], low === undefined ? undefined : () => draw.random.uniform(low, high));
}

/** Adds vectors as long as a parameter. */
function elementsOf(draw: OpDraw) {
  return (name: string, low?: number, high = 1): Tensor =>
    draw.shared(
      name,
      [draw.width * draw.channels],
      low === undefined ? undefined : () => draw.random.uniform(low, high),
    );
}

/** Sums and sums of squares of each task. */
function sumsOf(draw: OpDraw): Tensor {
  const isSquares = (element: number) => element % (2 * draw.channels) >= draw.channels;
  return draw.perTask('sums', [2, draw.channels], 'f64', (element) =>
    isSquares(element) ? draw.random.uniform(0, 4) : draw.random.uniform(-1, 1),
  );
}

/** The gradient of an input, which may be written over it. */
function inputGradOf(draw: OpDraw, input: Tensor): Tensor {
  const isInPlace = draw.integer(0, 1) === 1;
  return isInPlace ? { ...input, name: 'inputGrad' } : draw.image('inputGrad', input.shape);
}

/** What fused ReLU reads: whole numbers, of which some are exactly at its corner, and every sum is exact. */
function normReluOf(draw: OpDraw) {
  const wholes = (tensor: Tensor): Tensor => {
    draw.values.set(tensor, () => draw.integer(-4, 4));
    return tensor;
  };
  return {
    input: wholes(draw.image('input', [draw.height, draw.width, draw.channels])),
    scale: wholes(draw.shared('scale', [draw.channels])),
    shift: wholes(draw.shared('shift', [draw.channels])),
    wholes,
  };
}

/** What fused pooling reads: whole numbers, so that windows have several largest values and every sum is exact. */
function normReluPoolOf(draw: OpDraw) {
  const wholes = (tensor: Tensor): Tensor => {
    draw.values.set(tensor, () => draw.integer(-4, 4));
    return tensor;
  };
  const channels = 4 * draw.integer(1, 5);
  const pooled = [draw.height, draw.width, channels];
  const [below, right] = draw.pair(0, 1);
  return {
    input: wholes(draw.image('input', [2 * draw.height + below, 2 * draw.width + right, channels])),
    scale: wholes(draw.shared('scale', [channels])),
    shift: wholes(draw.shared('shift', [channels])),
    pooled,
    wholes,
  };
}
