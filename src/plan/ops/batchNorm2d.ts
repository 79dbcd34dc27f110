import type { OpShape, Partition } from '../opShape.js';

interface BatchNormConstants {
  readonly epsilon: number;
}

/** The sum and the sum of squares of each channel over the images of a task. */
type ChannelSums = OpShape<'channelSums', 'input', 'sums'>;

/** Batch mean and variance from the sums of all tasks; updates the running statistics. */
type BatchNormStatistics = OpShape<
  'batchNormStatistics',
  'sums' | 'gamma' | 'beta',
  'mean' | 'inverseDeviation' | 'scale' | 'shift' | 'runningMean' | 'runningVariance'
> &
  BatchNormConstants & {
    /** The pixels of one image, over which a channel's statistics are computed. */
    readonly positions: number;
    readonly momentum: number;
  };

/** Scale and shift from the running statistics, for evaluation. */
type BatchNormRunning = OpShape<
  'batchNormRunning',
  'gamma' | 'beta' | 'runningMean' | 'runningVariance',
  'scale' | 'shift'
> &
  BatchNormConstants;

/** `output = input · scale + shift`, with a scale and a shift per channel. */
type ScaleShift = OpShape<'scaleShift', 'input' | 'scale' | 'shift', 'output'>;

/** The sums of `outputGrad` and of `outputGrad · (input - mean)` of each channel over the images of a task. */
type BatchNormGradSums = OpShape<'batchNormGradSums', 'input' | 'outputGrad' | 'mean', 'sums'>;

/** Gradients of gamma and beta, and the three coefficients of `batchNormInputGrad`. */
type BatchNormGradStatistics = OpShape<
  'batchNormGradStatistics',
  'sums' | 'gamma' | 'mean' | 'inverseDeviation',
  'gammaGrad' | 'betaGrad' | 'coefficients'
> & { readonly positions: number };

/** `inputGrad = a · outputGrad + b · input + c`, with a, b and c per channel. */
type BatchNormInputGrad = OpShape<'batchNormInputGrad', 'input' | 'outputGrad' | 'coefficients', 'inputGrad'>;

export type BatchNorm2dOp =
  | ChannelSums
  | BatchNormStatistics
  | BatchNormRunning
  | ScaleShift
  | BatchNormGradSums
  | BatchNormGradStatistics
  | BatchNormInputGrad;

export const batchNorm2dPartition: Readonly<Record<BatchNorm2dOp['op'], Partition>> = {
  channelSums: 'items',
  batchNormStatistics: 'whole',
  batchNormRunning: 'whole',
  scaleShift: 'items',
  batchNormGradSums: 'items',
  batchNormGradStatistics: 'whole',
  batchNormInputGrad: 'items',
};
