import * as kinds from './generated/titled.js';
import type { SimpleLayer } from './index.js';

interface Titled {
  title(layer: SimpleLayer): string;
}

const TITLED: Readonly<Record<SimpleLayer['type'], Titled>> = kinds;

/**
 * A few words for the report's drawing of a network, such as `Convolution 3×3, padding 1`. They are no part of the layer's definition,
 * so that pages without reports do not load them.
 */
export function titleOf(layer: SimpleLayer): string {
  return TITLED[layer.type].title(layer);
}
