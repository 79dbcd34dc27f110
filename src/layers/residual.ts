import * as z from 'zod/mini';
import { optional } from '../core/fields.js';
import { layerFields } from './definition.js';

const type = 'residual';

/** @param layer the schema of any layer, including residuals */
export function residualSchemaOf<Layer>(layer: z.ZodMiniType<Layer>) {
  const layers = z.readonly(z.array(layer).check(z.minLength(1)));
  return z
    .strictObject({
      ...layerFields(type),
      layers: layers.check(z.describe('Layers on one branch')),
      shortcut: optional(layers, 'Layers on the other branch, for `layers` that change the shape', {
        defaultText: 'none: the input itself is added',
      }),
    })
    .check(
      z.describe(
        'Adds the outputs of two branches that share their input. Source: He et al., "Deep Residual Learning for Image Recognition", ' +
          'CVPR 2016.',
      ),
    );
}

/** The only layer that holds others; `models` expands it. */
export interface ResidualOf<Layer> {
  readonly type: typeof type;
  readonly name?: string | undefined;
  readonly layers: readonly Layer[];
  readonly shortcut?: readonly Layer[] | undefined;
}

/** Creates a residual. */
export function residualOf<Layer>(options: Omit<ResidualOf<Layer>, 'type'>): ResidualOf<Layer> {
  return { type, ...options };
}
