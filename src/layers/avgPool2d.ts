import { z } from 'zod';
import type { Pair } from '../core/shape.js';
import { layerName, type LayerRule, noHalo, type PlanContext, type PlannedLayer } from './layer.js';
import { asPair, imageShape, pooledShape, windowSize } from './window.js';

export const avgPool2dSchema = z.strictObject({
  type: z.literal('avgPool2d'),
  name: layerName,
  kernel: windowSize,
  /** The kernel's size when left out. */
  stride: windowSize.optional(),
});

/** The mean of the values under a window; rows and columns that do not fill a window are dropped. */
export type AvgPool2d = Readonly<z.infer<typeof avgPool2dSchema>>;

export const globalAvgPool2dSchema = z.strictObject({
  type: z.literal('globalAvgPool2d'),
  name: layerName,
});

/** The mean of each channel: an image of one pixel, whatever the size of its input. */
export type GlobalAvgPool2d = Readonly<z.infer<typeof globalAvgPool2dSchema>>;

/** How the window moves over the image, with what is left out filled in. */
export function avgPool2dWindow(layer: AvgPool2d) {
  return { kernel: asPair(layer.kernel), stride: asPair(layer.stride ?? layer.kernel) };
}

export const avgPool2dRule: LayerRule<AvgPool2d> = {
  outputOf: (layer, input, who) => ({ shape: pooledShape(input.shape, avgPool2dWindow(layer), who) }),
  parametersOf: () => [],
  multiplyAdds: () => 0,
  inPlace: false,
  readsOutputBackwards: false,
  inputHalo: noHalo,
  outputGradHalo: noHalo,
  plan: (layer, context) => planAverage(context, avgPool2dWindow(layer)),
};

export const globalAvgPool2dRule: LayerRule<GlobalAvgPool2d> = {
  outputOf: (_layer, input, who) => ({ shape: [1, 1, imageShape(input.shape, who)[2]] }),
  parametersOf: () => [],
  multiplyAdds: () => 0,
  inPlace: false,
  readsOutputBackwards: false,
  inputHalo: noHalo,
  outputGradHalo: noHalo,

  plan(_layer, context) {
    const [height, width] = context.input.shape;
    return planAverage(context, { kernel: [height, width], stride: [height, width] });
  },
};

function planAverage(
  { builder, name, input, ...context }: PlanContext,
  window: { readonly kernel: Pair; readonly stride: Pair },
): PlannedLayer {
  const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
  builder.add({ op: 'avgPool2d', reads: { input }, writes: { output }, ...window });
  return {
    output,
    backward(outputGrad) {
      const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
      builder.add({ op: 'avgPool2dGrad', reads: { outputGrad }, writes: { inputGrad }, ...window });
      return inputGrad;
    },
  };
}
