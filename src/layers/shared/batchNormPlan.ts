import { type Tensor, viewOf } from '../../plan/tensor.js';
import type { PlanContext, PlannedLayer } from '../layer.js';

/** PyTorch's default: added to the variance, so that it is never zero. */
export const BATCH_NORM_EPSILON = 1e-5;
/** PyTorch's: the weight of a batch's statistics in the running statistics. */
export const BATCH_NORM_MOMENTUM = 0.1;

export interface BatchNorm {
  readonly type: 'batchNorm1d' | 'batchNorm2d';
  readonly epsilon?: number | undefined;
}

export function epsilonOf({ epsilon = BATCH_NORM_EPSILON }: BatchNorm): number {
  return epsilon;
}

/** Adds batch normalization over all axes but the last to a plan. */
export function planBatchNorm(layer: BatchNorm, given: PlanContext): PlannedLayer {
  const input = asImage(given.input);
  const context = { ...given, input };
  const epsilon = epsilonOf(layer);
  if (context.isFrozen) {
    return planFixed(given, (scale, shift) => {
      addRunning(context, { scale, shift }, epsilon);
    });
  }
  const { builder, name } = context;
  const channel = (part: string) => builder.shared({ name: `${name}.${part}`, shape: [input.shape[2]] });
  const [scale, shift, mean, inverseDeviation] = ['scale', 'shift', 'mean', 'inverseDeviation'].map(channel);
  const gamma = context.parameter('weight');
  const positions = input.shape[0] * input.shape[1];

  if (context.mode === 'evaluation') addRunning(context, { scale, shift }, epsilon);
  else addStatistics(context, { scale, shift, mean, inverseDeviation }, epsilon);
  const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
  builder.add({ op: 'scaleShift', reads: { input, scale, shift }, writes: { output: asImage(output) } });

  return {
    output,
    backward(gradient) {
      const outputGrad = asImage(gradient);
      const sums = builder.perTask(`${name}.gradSums`, [2, input.shape[2]], 'f64');
      const coefficients = builder.shared({ name: `${name}.coefficients`, shape: [3, input.shape[2]] });
      builder.add({ op: 'batchNormGradSums', reads: { input, outputGrad, mean }, writes: { sums } });
      builder.add({
        op: 'batchNormGradStatistics',
        reads: { sums, gamma, mean, inverseDeviation },
        writes: { gammaGrad: context.gradient('weight'), betaGrad: context.gradient('bias'), coefficients },
        positions,
      });
      return addInputGrad(given, outputGrad, coefficients);
    },
  };
}

/**
 * Normalizes by a scale and a shift that do not depend on the input, whatever the mode, so that the gradient of the input is that of the
 * output times the scale: the scale is the first of the three coefficients, and the others stay zero.
 *
 * @param addConstants adds the operations that compute the scale and the shift, before all others of a step
 */
export function planFixed(
  given: PlanContext,
  addConstants: (scale: Tensor, shift: Tensor) => void,
): PlannedLayer {
  const { builder, name } = given;
  const input = asImage(given.input);
  const channels = input.shape[2];
  const coefficients = builder.shared({ name: `${name}.coefficients`, shape: [3, channels] });
  const scale = viewOf(coefficients, `${name}.scale`, [channels], 0);
  const shift = builder.shared({ name: `${name}.shift`, shape: [channels] });
  addConstants(scale, shift);
  const output = builder.perImage(`${name}.output`, given.outputShape, { halo: given.outputHalo });
  builder.add({ op: 'scaleShift', reads: { input, scale, shift }, writes: { output: asImage(output) } });
  return { output, backward: (gradient) => addInputGrad(given, asImage(gradient), coefficients) };
}

function addInputGrad(given: PlanContext, outputGrad: Tensor, coefficients: Tensor): Tensor | undefined {
  if (!given.needsInputGrad) return undefined;
  const { builder, name, input } = given;
  const inputGrad = canWriteOverInput(given)
    ? { ...input, name: `${name}.inputGrad` }
    : builder.perImage(`${name}.inputGrad`, input.shape, { halo: given.inputGradHalo });
  builder.add({
    op: 'batchNormInputGrad',
    reads: { input: asImage(input), outputGrad, coefficients },
    writes: { inputGrad: asImage(inputGrad) },
  });
  return inputGrad;
}

/** Whether the gradient can overwrite the input: nothing reads it afterward, and the halos match. Saves cache. */
function canWriteOverInput({
  input,
  inputGradHalo,
  isInputShared,
  isInputReadBackwards,
}: PlanContext): boolean {
  if (isInputShared || isInputReadBackwards) return false;
  return inputGradHalo.every((pixels, axis) => pixels === input.halo[axis]);
}

/** Views a vector as an image of one pixel. */
function asImage(tensor: Tensor): Tensor {
  return tensor.shape.length === 3 ? tensor : { ...tensor, shape: [1, 1, ...tensor.shape] };
}

type ChannelTensors<Name extends string> = Record<Name, PlanContext['input']>;

function addRunning(
  { builder, ...context }: PlanContext,
  writes: ChannelTensors<'scale' | 'shift'>,
  epsilon: number,
): void {
  builder.prologue({
    op: 'batchNormRunning',
    reads: {
      gamma: context.parameter('weight'),
      beta: context.parameter('bias'),
      runningMean: context.parameter('running_mean'),
      runningVariance: context.parameter('running_var'),
    },
    writes,
    epsilon,
  });
}

function addStatistics(
  { builder, name, input, ...context }: PlanContext,
  writes: ChannelTensors<'scale' | 'shift' | 'mean' | 'inverseDeviation'>,
  epsilon: number,
): void {
  const sums = builder.perTask(`${name}.sums`, [2, input.shape[2]], 'f64');
  builder.add({ op: 'channelSums', reads: { input }, writes: { sums } });
  builder.add({
    op: 'batchNormStatistics',
    reads: { sums, gamma: context.parameter('weight'), beta: context.parameter('bias') },
    writes: {
      ...writes,
      runningMean: context.parameter('running_mean'),
      runningVariance: context.parameter('running_var'),
    },
    epsilon,
    momentum: BATCH_NORM_MOMENTUM,
    positions: input.shape[0] * input.shape[1],
  });
}
