import type { LayerType } from '../../layers/index.js';
import type { ResolvedModel } from '../../models/resolved.js';

/** Layers that only pass on what the layer before them found. */
const PASSING: ReadonlySet<LayerType> = new Set<LayerType>(['flatten', 'dropout']);

/** The layer whose output the last linear layer classifies; undefined where that is the image itself. */
export function featureLayer({ layers }: ResolvedModel): string | undefined {
  const last = layers.findLastIndex(({ layer }) => layer.type === 'linear');
  return layers.slice(0, Math.max(0, last)).findLast(({ layer }) => !PASSING.has(layer.type))?.name;
}
