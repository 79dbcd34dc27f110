import { Random } from '../core/random.js';
import { type Shape, sizeOf } from '../core/shape.js';

/** Random images `[count, ...shape]`, bytes; always the same ones. */
export function noise(shape: Shape, count: number): Uint8Array {
  const random = new Random(0);
  return Uint8Array.from({ length: count * sizeOf(shape) }, () => random.uint32() & 0xff);
}
