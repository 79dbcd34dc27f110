import * as titles from './generated/titles.js';
import type { SimpleLayer } from './index.js';

interface Titled {
  title(layer: SimpleLayer): string;
}

const TITLES: Readonly<Record<SimpleLayer['type'], Titled['title']>> = titles;

/**
 * A few words for the report's drawing of a network, such as `Convolution 3×3, padding 1`. They are no part of the layer's definition,
 * so that pages without reports do not load them.
 */
export function titleOf(layer: SimpleLayer): string {
  return TITLES[layer.type](layer);
}
