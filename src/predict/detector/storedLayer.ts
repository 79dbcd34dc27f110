import { decodeBytes, encodeBytes } from '../../core/base64.js';
import type { LayerWeights } from './network.js';

/** A layer as the package stores it: its weights are signed numbers of 5 bits, in Base64. */
export interface StoredLayer extends Omit<LayerWeights, 'weights'> {
  readonly weights: string;
}

const BITS = 5;
/** The largest weight of a stored layer. */
export const MAX_WEIGHT = 15;
const BITS_PER_BYTE = 8;

/** The largest value of a byte. */
const MAX_BYTE = 255;

/** Stores weights from -15 to 15. */
export function encodeWeights(weights: Int8Array): string {
  const bytes = new Uint8Array(Math.ceil((BITS * weights.length) / BITS_PER_BYTE));
  weights.forEach((weight, i) => {
    const at = Math.floor((BITS * i) / BITS_PER_BYTE);
    const shifted = (weight + MAX_WEIGHT) << ((BITS * i) % BITS_PER_BYTE);
    bytes[at] |= shifted;
    if (shifted > MAX_BYTE) bytes[at + 1] |= shifted >> BITS_PER_BYTE;
  });
  return encodeBytes(bytes);
}

export function decodeWeights(text: string, count: number): Int8Array {
  const bytes = decodeBytes(text);
  return Int8Array.from({ length: count }, (_, i) => {
    const at = Math.floor((BITS * i) / BITS_PER_BYTE);
    // The byte after the last is undefined, of which nothing is shifted in.
    const both = bytes[at] | (bytes[at + 1] << BITS_PER_BYTE);
    return ((both >> ((BITS * i) % BITS_PER_BYTE)) & (2 ** BITS - 1)) - MAX_WEIGHT;
  });
}
