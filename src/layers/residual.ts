import { z } from 'zod';
import { layerFields } from './definition.js';

const type = 'residual';

/** @param layer the schema of any layer, including residuals */
export function residualSchemaOf<Layer>(layer: z.ZodType<Layer>) {
  const layers = z.array(layer).min(1).readonly();
  return z
    .strictObject({
      ...layerFields(type),
      layers: layers.describe('Layers whose output is added to the shortcut'),
      shortcut: layers.optional().meta({
        description: 'Layers that convert the input to the shape of the output of `layers`',
        defaultText: 'the input itself',
      }),
    })
    .describe(
      'Sum of the output of `layers` and the shortcut. Source: He et al., "Deep Residual Learning for Image Recognition", ' +
        'CVPR 2016.',
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
