import { z } from 'zod';
import { InklingError } from '../core/errors.js';
import { formatShape, type Shape, sizeOf } from '../core/shape.js';
import { type Tensor, viewOf } from '../plan/tensor.js';
import {
  layerName,
  type LayerRule,
  noHalo,
  type PlanContext,
  type PlannedLayer,
  vectorLayout,
} from './layer.js';
import { imageShape } from './window.js';

export const batchNorm2dSchema = z.strictObject({
  type: z.literal('batchNorm2d'),
  name: layerName,
});

/**
 * Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned amounts; in
 * evaluation by running statistics. Source: Ioffe and Szegedy, "Batch Normalization", 2015. Constants are PyTorch's.
 */
export type BatchNorm2d = Readonly<z.infer<typeof batchNorm2dSchema>>;

/** Keeps the division by the deviation away from zero. */
export const BATCH_NORM_EPSILON = 1e-5;
/** How far a batch moves the running statistics. */
const MOMENTUM = 0.1;

export const batchNorm1dSchema = z.strictObject({
  type: z.literal('batchNorm1d'),
  name: layerName,
});

/** `batchNorm2d` for vectors: each of their numbers is a channel. */
export type BatchNorm1d = Readonly<z.infer<typeof batchNorm1dSchema>>;

export const batchNorm2dRule = ruleFor<BatchNorm2d>((shape, who) => {
  imageShape(shape, who);
});

export const batchNorm1dRule = ruleFor<BatchNorm1d>((shape, who) => {
  if (shape.length === 1) return;
  throw new InklingError(
    `${who}: expected a vector, got an image of ${formatShape(shape)}; use batchNorm2d, or put a flatten in front of it`,
  );
});

/** @param check throws for a shape that the layer cannot take */
function ruleFor<Layer>(check: (shape: Shape, who: string) => void): LayerRule<Layer> {
  return {
    outputOf(_layer, input, who) {
      check(input.shape, who);
      return input;
    },

    parametersOf(_layer, input) {
      const channels = channelsOf(input.shape);
      const vector = (name: string, constant: number, trained: boolean) => ({
        name,
        shape: [channels],
        torch: vectorLayout(channels),
        initial: { constant },
        trained,
      });
      return [
        vector('weight', 1, true),
        vector('bias', 0, true),
        vector('running_mean', 0, false),
        vector('running_var', 1, false),
      ];
    },

    multiplyAdds: (_layer, input) => sizeOf(input.shape),
    inPlace: false,
    readsOutputBackwards: false,
    inputHalo: noHalo,
    outputGradHalo: noHalo,

    plan: (_layer, context) => planBatchNorm(context),
  };
}

function planBatchNorm(given: PlanContext): PlannedLayer {
  const input = asImage(given.input);
  const context = { ...given, input };
  if (context.isFrozen) return planFrozen(given, context);
  const { builder, name } = context;
  const channel = (part: string) => builder.shared({ name: `${name}.${part}`, shape: [input.shape[2]] });
  const [scale, shift, mean, inverseDeviation] = ['scale', 'shift', 'mean', 'inverseDeviation'].map(channel);
  const gamma = context.parameter('weight');
  const positions = input.shape[0] * input.shape[1];

  if (context.mode === 'evaluation') addRunning(context, { scale, shift });
  else addStatistics(context, { scale, shift, mean, inverseDeviation });
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
 * Goes by the running statistics whatever the mode. They are constants then, so that the gradient of the input is that of
 * the output, scaled: of the three coefficients the first is the scale, the others stay zero.
 *
 * @param context what is given, with the input as an image
 */
function planFrozen(given: PlanContext, context: PlanContext): PlannedLayer {
  const { builder, name, input } = context;
  const channels = input.shape[2];
  const coefficients = builder.shared({ name: `${name}.coefficients`, shape: [3, channels] });
  const scale = viewOf(coefficients, `${name}.scale`, [channels], 0);
  const shift = builder.shared({ name: `${name}.shift`, shape: [channels] });
  addRunning(context, { scale, shift });
  const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
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

/**
 * Whether nothing reads the input once its gradient is known, and the gradient fits into its place: a batch that takes less
 * memory stays in the cache.
 */
function canWriteOverInput({
  input,
  inputGradHalo,
  isInputShared,
  isInputReadBackwards,
}: PlanContext): boolean {
  if (isInputShared || isInputReadBackwards) return false;
  return inputGradHalo.every((pixels, axis) => pixels === input.halo[axis]);
}

/** A vector as an image of one pixel. */
function asImage(tensor: Tensor): Tensor {
  return tensor.shape.length === 3 ? tensor : { ...tensor, shape: [1, 1, ...tensor.shape] };
}

function channelsOf(shape: Shape): number {
  return shape[shape.length - 1];
}

type ChannelTensors<Name extends string> = Record<Name, PlanContext['input']>;

function addRunning({ builder, ...context }: PlanContext, writes: ChannelTensors<'scale' | 'shift'>): void {
  builder.prologue({
    op: 'batchNormRunning',
    reads: {
      gamma: context.parameter('weight'),
      beta: context.parameter('bias'),
      runningMean: context.parameter('running_mean'),
      runningVariance: context.parameter('running_var'),
    },
    writes,
    epsilon: BATCH_NORM_EPSILON,
  });
}

function addStatistics(
  { builder, name, input, ...context }: PlanContext,
  writes: ChannelTensors<'scale' | 'shift' | 'mean' | 'inverseDeviation'>,
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
    epsilon: BATCH_NORM_EPSILON,
    momentum: MOMENTUM,
    positions: input.shape[0] * input.shape[1],
  });
}
