import { z } from 'zod';
import { layerName, type LayerRule, noHalo, type PlanContext, vectorLayout } from './layer.js';
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

export const batchNorm2dRule: LayerRule<BatchNorm2d> = {
  outputOf(_layer, input, who) {
    imageShape(input.shape, who);
    return input;
  },

  parametersOf(_layer, input) {
    const channels = input.shape[2];
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

  multiplyAdds: (_layer, input) => input.shape[0] * input.shape[1] * input.shape[2],
  inPlace: false,
  inputHalo: noHalo,
  outputGradHalo: noHalo,

  plan(_layer, context) {
    const { builder, name, input } = context;
    const channel = (part: string) => builder.shared({ name: `${name}.${part}`, shape: [input.shape[2]] });
    const [scale, shift, mean, inverseDeviation] = ['scale', 'shift', 'mean', 'inverseDeviation'].map(
      channel,
    );
    const gamma = context.parameter('weight');
    const positions = input.shape[0] * input.shape[1];

    if (context.mode === 'evaluation') addRunning(context, { scale, shift });
    else addStatistics(context, { scale, shift, mean, inverseDeviation });
    const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
    builder.add({ op: 'scaleShift', reads: { input, scale, shift }, writes: { output } });

    return {
      output,
      backward(outputGrad) {
        const sums = builder.perTask(`${name}.gradSums`, [2, input.shape[2]], 'f64');
        const coefficients = builder.shared({ name: `${name}.coefficients`, shape: [3, input.shape[2]] });
        builder.add({ op: 'batchNormGradSums', reads: { input, outputGrad, mean }, writes: { sums } });
        builder.add({
          op: 'batchNormGradStatistics',
          reads: { sums, gamma, mean, inverseDeviation },
          writes: { gammaGrad: context.gradient('weight'), betaGrad: context.gradient('bias'), coefficients },
          positions,
        });
        if (!context.needsInputGrad) return undefined;
        const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
        builder.add({
          op: 'batchNormInputGrad',
          reads: { input, outputGrad, coefficients },
          writes: { inputGrad },
        });
        return inputGrad;
      },
    };
  },
};

type ChannelTensors<Name extends string> = Record<Name, PlanContext['input']>;

function addRunning({ builder, ...context }: PlanContext, writes: ChannelTensors<'scale' | 'shift'>): void {
  builder.prepare({
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
