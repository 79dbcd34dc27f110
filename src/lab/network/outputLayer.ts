import type { Layer } from '#inkling/index.js';

/** The position of the layer whose outputs are the classes; -1 if there is none. */
export function outputLayerOf(layers: readonly Layer[]): number {
  return layers.findLastIndex(({ type }) => type === 'linear');
}
