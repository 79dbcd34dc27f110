import type { ResolvedLayer } from '#inkling/index.js';
import { text } from '../text/text.js';

/** `Convolution (layer1.0)` */
export function layerTitle({ name, layer: { type } }: ResolvedLayer): string {
  return `${text.network.types[type] ?? type} (${name})`;
}
