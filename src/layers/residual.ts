import { z } from 'zod';
import { layerName } from './layer.js';

/** @param layer the schema of any layer, residuals too */
export function residualSchemaOf<Layer>(layer: z.ZodType<Layer>) {
  const layers = z.array(layer).min(1).readonly();
  return z.strictObject({
    type: z.literal('residual'),
    name: layerName,
    layers,
    /** Layers that bring the input to the shape of what is added to it; the input itself when left out. */
    shortcut: layers.optional(),
  });
}

/**
 * What `layers` make of the input, and the input, added. It is the only layer that holds others: `models` sees to them.
 * Source: He et al., "Deep Residual Learning for Image Recognition", 2015.
 */
export interface ResidualOf<Layer> {
  readonly type: 'residual';
  readonly name?: string | undefined;
  readonly layers: readonly Layer[];
  readonly shortcut?: readonly Layer[] | undefined;
}
