import * as z from 'zod/mini';
import { InklingError } from '../../core/errors.js';
import { formatShape } from '../../core/shape.js';
import { layerFields } from '../definition.js';
import { imageShape } from '../shared/window.js';
import type { ContainerDefinition } from './container.js';

const type = 'squeezeExcitation';

/** @param layer the schema of any layer, including containers */
export function squeezeExcitationSchemaOf<Layer>(layer: z.ZodMiniType<Layer>) {
  return z
    .strictObject({
      ...layerFields(type),
      layers: z
        .readonly(z.array(layer).check(z.minLength(1)))
        .check(
          z.describe(
            'Layers that compute a factor for each channel: they output an image of one pixel with as many channels as the input',
          ),
        ),
    })
    .check(
      z.describe(
        'Multiplies each channel of the image by a factor that its layers compute from the image. Source: Hu et al., ' +
          '"Squeeze-and-Excitation Networks", CVPR 2018.',
      ),
    );
}

export interface SqueezeExcitationOf<Layer> {
  readonly type: typeof type;
  readonly name?: string | undefined;
  readonly layers: readonly Layer[];
}

/** Creates a squeeze-and-excitation block. */
export function squeezeExcitationOf<Layer>(
  options: Omit<SqueezeExcitationOf<Layer>, 'type'>,
): SqueezeExcitationOf<Layer> {
  return { type, ...options };
}

/** Its shortcut is always its input. */
export const squeezeExcitationDefinition: ContainerDefinition = {
  inferOutput(input, { layers }, who) {
    const [, , channels] = imageShape(input.shape, who);
    const expected = formatShape([1, 1, channels]);
    if (formatShape(layers.shape) !== expected) {
      throw new InklingError(
        `${who}: expected its layers to output ${expected}, a factor for each channel of the input, got ` +
          `${formatShape(layers.shape)}; begin with globalAvgPool2d and end with as many channels as the input has`,
      );
    }
    return input;
  },

  plan({ builder, name, outputs: { layers: factors, shortcut: input }, ...context }) {
    const output = builder.perImage(`${name}.output`, input.shape, { halo: context.outputHalo });
    builder.add({ op: 'scaleChannels', reads: { input, factors }, writes: { output } });
    return {
      output,
      backward(outputGrad) {
        const halo = context.layersGradHalo;
        const factorsGrad = builder.perImage(`${name}.factorsGrad`, factors.shape, { halo });
        builder.add({ op: 'scaleChannelsGrad', reads: { input, outputGrad }, writes: { factorsGrad } });
        if (!context.needsInputGrad) return { layers: factorsGrad, shortcut: outputGrad };
        const scaledGrad = builder.perImage(`${name}.scaledGrad`, input.shape);
        const reads = { input: outputGrad, factors };
        builder.add({ op: 'scaleChannels', reads, writes: { output: scaledGrad } });
        return { layers: factorsGrad, shortcut: scaledGrad };
      },
    };
  },

  passesOutputGrad: false,
  torchClass: 'SqueezeExcitation',
  onnxOperator: 'Mul',
};
