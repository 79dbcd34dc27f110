import * as z from 'zod/mini';
import { InklingError } from '../../core/errors.js';
import { optional } from '../../core/fields.js';
import { formatShape } from '../../core/shape.js';
import { nonEmptyString } from '../../core/validate.js';
import type { Tensor } from '../../plan/tensor.js';
import { layerFields } from '../definition.js';
import type { ContainerContext, ContainerDefinition } from './container.js';

const type = 'residual';

export const DEFAULT_SHORTCUT_NAME = 'shortcut';

/** @param layer the schema of any layer, including containers */
export function residualSchemaOf<Layer>(layer: z.ZodMiniType<Layer>) {
  const layers = z.readonly(z.array(layer).check(z.minLength(1)));
  return z
    .strictObject({
      ...layerFields(type),
      layers: layers.check(z.describe('Layers on one branch')),
      shortcut: optional(layers, 'Layers on the other branch, for `layers` that change the shape', {
        defaultText: 'none: the input itself is added',
      }),
      shortcutName: optional(
        nonEmptyString.check(z.regex(/^[^.]*$/, 'expected a name without dots')),
        'What the names of the weights of `shortcut` have between the name of the residual and those of its layers',
        { default: DEFAULT_SHORTCUT_NAME },
      ),
    })
    .check(
      z.describe(
        'Adds the outputs of two branches that share their input. Source: He et al., "Deep Residual Learning for Image Recognition", ' +
          'CVPR 2016.',
      ),
    );
}

export interface ResidualOf<Layer> {
  readonly type: typeof type;
  readonly name?: string | undefined;
  readonly layers: readonly Layer[];
  readonly shortcut?: readonly Layer[] | undefined;
  readonly shortcutName?: string | undefined;
}

/** Creates a residual. */
export function residualOf<Layer>(options: Omit<ResidualOf<Layer>, 'type'>): ResidualOf<Layer> {
  return { type, ...options };
}

export const residualDefinition: ContainerDefinition = {
  inferOutput(input, { layers, shortcut }, who) {
    const [sum, added] = [layers, shortcut].map(({ shape }) => formatShape(shape));
    if (sum !== added) {
      const what = shortcut === input ? 'their input is' : 'its shortcut outputs';
      throw new InklingError(
        `${who}: its layers output ${sum}, but ${what} ${added}; add a shortcut with the same output shape, ` +
          'such as a 1×1 convolution with the stride of the layers',
      );
    }
    return layers;
  },

  plan(context) {
    const { builder, name, outputs, outputHalo } = context;
    // The sum is written to a tensor of its own, so that the branches need no halo around their outputs.
    const output = builder.perImage(`${name}.output`, outputs.layers.shape, { halo: outputHalo });
    const reads = { input: outputs.layers, other: outputs.shortcut };
    builder.add({ op: 'add', reads, writes: { output } });
    return {
      output,
      backward: (outputGrad) => ({ layers: gradientForLayers(context, outputGrad), shortcut: outputGrad }),
    };
  },

  passesOutputGrad: true,
  torchClass: 'Residual',
  onnxOperator: 'Add',
};

/** The gradient of the sum, copied if the layers would overwrite it: the shortcut needs it too. */
function gradientForLayers(context: ContainerContext, outputGrad: Tensor): Tensor {
  if (!context.layersOverwriteGrad) return outputGrad;
  const { builder, name, layersGradHalo } = context;
  const copy = builder.perImage(`${name}.outputGrad`, outputGrad.shape, { halo: layersGradHalo });
  builder.add({ op: 'padImages', reads: { input: outputGrad }, writes: { output: copy } });
  return copy;
}
