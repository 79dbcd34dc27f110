import type { Shape } from '#inkling/index.js';

export const MAX_BYTE = 255;

/** Values from 0 to 1 as bytes. */
export function bytesOf(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => Math.round(MAX_BYTE * value));
}

/** The number of values of an image. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}
