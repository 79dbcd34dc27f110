import { z } from 'zod';
import type { Nonlinearity } from '../plan/ops.js';
import { layerName, type LayerRule, noHalo } from './layer.js';

export const leakyReluSchema = z.strictObject({
  type: z.literal('leakyRelu'),
  name: layerName,
  /** Of the line that negative numbers lie on; 0.01 when left out. */
  slope: z.number().optional(),
});

/** `x` where it is positive, `slope · x` elsewhere. Source: Maas et al., "Rectifier Nonlinearities", 2013. */
export type LeakyRelu = Readonly<z.infer<typeof leakyReluSchema>>;

export const siluSchema = z.strictObject({ type: z.literal('silu'), name: layerName });

/** `x / (1 + exp(-x))`, also called swish. Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016. */
export type Silu = Readonly<z.infer<typeof siluSchema>>;

export const geluSchema = z.strictObject({ type: z.literal('gelu'), name: layerName });

/**
 * `x` times the share of the standard normal distribution below it, not an approximation by the hyperbolic tangent.
 * Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
 */
export type Gelu = Readonly<z.infer<typeof geluSchema>>;

const DEFAULT_SLOPE = 0.01;

/** The slope of a leaky ReLU for negative numbers, PyTorch's when left out. */
export function slopeOf({ slope = DEFAULT_SLOPE }: LeakyRelu): number {
  return slope;
}

export const leakyReluRule = ruleFor<LeakyRelu>((layer) => ({ kind: 'leakyRelu', slope: slopeOf(layer) }));
export const siluRule = ruleFor<Silu>(() => ({ kind: 'silu' }));
export const geluRule = ruleFor<Gelu>(() => ({ kind: 'gelu' }));

/** Unlike ReLU's, these gradients need the input, which must therefore stay as it is. */
function ruleFor<Layer>(nonlinearityOf: (layer: Layer) => Nonlinearity): LayerRule<Layer> {
  return {
    outputOf: (_layer, input) => input,
    parametersOf: () => [],
    multiplyAdds: () => 0,
    inPlace: false,
    readsOutputBackwards: false,
    inputHalo: noHalo,
    outputGradHalo: noHalo,

    plan(layer, { builder, name, input, ...context }) {
      const nonlinearity = nonlinearityOf(layer);
      const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
      builder.add({ op: 'nonlinearity', reads: { input }, writes: { output }, nonlinearity });
      return {
        output,
        backward(outputGrad) {
          const halo = context.inputGradHalo;
          const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo });
          const reads = { input, outputGrad };
          builder.add({ op: 'nonlinearityGrad', reads, writes: { inputGrad }, nonlinearity });
          return inputGrad;
        },
      };
    },
  };
}
