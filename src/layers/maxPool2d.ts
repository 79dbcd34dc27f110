import { z } from 'zod';
import { layerName, type LayerRule, noHalo } from './layer.js';
import { asPair, pooledShape, windowSize } from './window.js';

export const maxPool2dSchema = z.strictObject({
  type: z.literal('maxPool2d'),
  name: layerName,
  kernel: windowSize,
  /** The kernel's size when left out. */
  stride: windowSize.optional(),
});

/** The largest value under a window; rows and columns that do not fill a window are dropped. */
export type MaxPool2d = Readonly<z.infer<typeof maxPool2dSchema>>;

/** How the window moves over the image, with what is left out filled in. */
export function maxPool2dWindow(layer: MaxPool2d) {
  return { kernel: asPair(layer.kernel), stride: asPair(layer.stride ?? layer.kernel) };
}

export const maxPool2dRule: LayerRule<MaxPool2d> = {
  outputOf: (layer, input, who) => ({ shape: pooledShape(input.shape, maxPool2dWindow(layer), who) }),
  parametersOf: () => [],
  multiplyAdds: () => 0,
  inPlace: false,
  readsOutputBackwards: false,
  inputHalo: noHalo,
  outputGradHalo: noHalo,

  plan(layer, { builder, name, input, ...context }) {
    const window = maxPool2dWindow(layer);
    const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
    builder.add({ op: 'maxPool2d', reads: { input }, writes: { output }, ...window });
    return {
      output,
      backward(outputGrad) {
        const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
        builder.add({ op: 'maxPool2dGrad', reads: { input, outputGrad }, writes: { inputGrad }, ...window });
        return inputGrad;
      },
    };
  },
};
