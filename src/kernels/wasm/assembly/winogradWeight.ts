import { VECTOR } from './lib/simd';

class Store {
  /** Writes a row of a transformed weight: the row times Gᵀ. */
  @inline
  static weight(to: i32, plane: i32, g0: v128, g1: v128, g2: v128): void {
    const half = f32x4.splat(0.5);
    const ends = f32x4.add(g0, g2);
    v128.store(to, g0);
    v128.store(to + plane, f32x4.mul(half, f32x4.add(ends, g1)));
    v128.store(to + 2 * plane, f32x4.mul(half, f32x4.sub(ends, g1)));
    v128.store(to + 3 * plane, g2);
  }
}

/** `G g Gᵀ` of the vectors `begin` to `end` of a weight `[3, 3, inputs, outputs]`; each of its taps takes `tapBytes`. */
export function winogradWeight(begin: i32, end: i32, weight: i32, tapBytes: i32, transformed: i32): void {
  const half = f32x4.splat(0.5);
  const row = 3 * tapBytes;
  for (let at = begin * VECTOR; at < end * VECTOR; at += VECTOR) {
    const g00 = v128.load(weight + at);
    const g01 = v128.load(weight + at + tapBytes);
    const g02 = v128.load(weight + at + 2 * tapBytes);
    const g10 = v128.load(weight + at + row);
    const g11 = v128.load(weight + at + row + tapBytes);
    const g12 = v128.load(weight + at + row + 2 * tapBytes);
    const g20 = v128.load(weight + at + 2 * row);
    const g21 = v128.load(weight + at + 2 * row + tapBytes);
    const g22 = v128.load(weight + at + 2 * row + 2 * tapBytes);
    const ends0 = f32x4.add(g00, g20);
    const ends1 = f32x4.add(g01, g21);
    const ends2 = f32x4.add(g02, g22);
    const to = transformed + at;
    Store.weight(to, tapBytes, g00, g01, g02);
    Store.weight(
      to + 4 * tapBytes,
      tapBytes,
      f32x4.mul(half, f32x4.add(ends0, g10)),
      f32x4.mul(half, f32x4.add(ends1, g11)),
      f32x4.mul(half, f32x4.add(ends2, g12)),
    );
    Store.weight(
      to + 8 * tapBytes,
      tapBytes,
      f32x4.mul(half, f32x4.sub(ends0, g10)),
      f32x4.mul(half, f32x4.sub(ends1, g11)),
      f32x4.mul(half, f32x4.sub(ends2, g12)),
    );
    Store.weight(to + 12 * tapBytes, tapBytes, g20, g21, g22);
  }
}
