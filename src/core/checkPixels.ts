import { InvalidInputError } from './errors.js';
import { MAX_BYTE } from './pixels.js';

/** Pixels may exceed their range by this much, which is less than a byte can express: rounding errors of a program that resized them. */
const MAX_ROUNDING = 1e-4;

/** @throws {InvalidInputError} unless each pixel is a number from 0 to 1 */
export function checkUnitPixels(pixels: Float32Array, who: string): void {
  const invalid = firstInvalid(pixels);
  if (invalid === -1) return;
  throw new InvalidInputError(
    `${who}: expected pixels from 0 to 1, got ${pixels[invalid]} at index ${invalid}; ${advise(pixels, pixels[invalid])}`,
  );
}

function firstInvalid(pixels: Float32Array): number {
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i];
    // False for NaN as well.
    if (!(pixel >= -MAX_ROUNDING && pixel <= 1 + MAX_ROUNDING)) return i;
  }
  return -1;
}

function advise(pixels: Float32Array, value: number): string {
  if (!Number.isFinite(value)) return 'find the calculation that made it, such as a division by 0';
  if (pixels.every((pixel) => pixel >= 0 && pixel <= MAX_BYTE))
    return 'divide bytes by 255, or pass them as a Uint8Array';
  return 'pass the pixels themselves, without subtracting a mean or dividing by a standard deviation';
}

/** Whether the buffer of an array was transferred to another thread. */
export function isDetached({ buffer, length }: Float32Array | Uint8Array | Uint8ClampedArray): boolean {
  return length === 0 && isDetachedBuffer(buffer);
}

export function isDetachedBuffer(buffer: ArrayBufferLike): boolean {
  try {
    new Uint8Array(buffer);
    return false;
  } catch {
    return true;
  }
}

/** The type of a value for messages: `an array of arrays`, `a Float64Array`, `undefined`. */
export function describeType(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return Array.isArray(value[0]) ? 'an array of arrays' : 'a plain array';
  if (typeof value !== 'object') return `a ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  const constructor =
    typeof prototype === 'object' && prototype !== null && 'constructor' in prototype
      ? prototype.constructor
      : undefined;
  const name = typeof constructor === 'function' && constructor !== Object ? constructor.name : '';
  if (name === '') return 'an object';
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}
