import { text } from '../text/text.js';

/** What a type of layer is called. */
export function typeTitle(type: string): string {
  return text.network.types[type] ?? type;
}

/** `Convolution (layer1.0)` */
export function layerTitle(type: string, name: string): string {
  return text.network.layer(typeTitle(type), name);
}
