/** Bytes of a float32, and of the four in a vector. */
export const FLOAT: i32 = 4;
export const VECTOR: i32 = 16;

/** `a · b + c`, rounded once where the host offers that (the `fma` build) and twice where not. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Writes the first `width` (1 to 7) of the eight floats in two vectors. */
export function storeFirst(address: i32, low: v128, high: v128, width: i32): void {
  if (width >= 4) {
    v128.store(address, low);
    address += VECTOR;
    width -= 4;
    low = high;
  }
  if (width > 0) f32.store(address, f32x4.extract_lane(low, 0));
  if (width > 1) f32.store(address + 4, f32x4.extract_lane(low, 1));
  if (width > 2) f32.store(address + 8, f32x4.extract_lane(low, 2));
}
