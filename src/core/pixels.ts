/** The largest value of a byte of an image. */
export const MAX_BYTE = 255;

/** A color, each part from 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * Scales bytes to floats, as `torchvision.transforms.ToTensor` does: divides each by 255.
 *
 * @param bytes of any shape, from 0 to 255
 * @returns of the same length, from 0 to 1
 */
export function toUnitFloats(bytes: ArrayLike<number>): Float32Array<ArrayBuffer> {
  const values = new Float32Array(bytes.length);
  for (let i = 0; i < values.length; i++) values[i] = bytes[i] / MAX_BYTE;
  return values;
}

/**
 * The inverse of `toUnitFloats`: rounds to the nearest byte.
 *
 * @param values of any shape; those below 0 or above 1 are clamped
 */
export function toBytes(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(values, (value) => Math.round(MAX_BYTE * Math.min(1, Math.max(0, value))));
}
