/** Bytes of a float32, and of a vector of four. */
export const FLOAT: i32 = 4;
export const VECTOR: i32 = 16;
/** Bytes of eight channels: two adjacent vectors, which hosts with 256-bit registers process at once. */
export const CHANNELS: i32 = 2 * VECTOR;
/** The lower bound of values that have none, and the upper bound. */
export const UNBOUNDED: f32 = -Infinity;
export const UNBOUNDED_ABOVE: f32 = Infinity;

/** `a · b + c`, rounded once in the `fma` build, which needs a host with relaxed SIMD, and twice in the `simd` build. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** `c - a · b`, rounded like `multiplyAdd`. */
export function multiplySubtract(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_nmadd(a, b, c);
  return f32x4.sub(c, f32x4.mul(a, b));
}

/** `min(max(value, minimum), maximum)`; NaN stays NaN. */
export function bounded(value: v128, minimum: v128, maximum: v128): v128 {
  return f32x4.pmin(f32x4.pmax(value, minimum), maximum);
}

/** Writes the first `width` (1 to 15) of the sixteen floats in four vectors. */
export function storeFirst(address: i32, v0: v128, v1: v128, v2: v128, v3: v128, width: i32): void {
  let last = v0;
  if (width >= 4) {
    v128.store(address, v0);
    last = v1;
  }
  if (width >= 8) {
    v128.store(address, v1, VECTOR);
    last = v2;
  }
  if (width >= 12) {
    v128.store(address, v2, 2 * VECTOR);
    last = v3;
  }
  const left = width % 4;
  const rest = address + (width - left) * FLOAT;
  if (left > 0) f32.store(rest, f32x4.extract_lane(last, 0));
  if (left > 1) f32.store(rest + 4, f32x4.extract_lane(last, 1));
  if (left > 2) f32.store(rest + 8, f32x4.extract_lane(last, 2));
}

/** Writes a vector, or only as much of it as remains of the row. */
export function storeRest(to: i32, value: v128, bytesLeft: i32): void {
  if (bytesLeft >= VECTOR) v128.store(to, value);
  else storeFirst(to, value, value, value, value, bytesLeft / FLOAT);
}

/** Two adjacent vectors. */
export class Pair {
  @inline
  static store(to: i32, first: v128, second: v128): void {
    v128.store(to, first);
    v128.store(to, second, VECTOR);
  }

  /** Stores values from `minimum` to `maximum` if `bounds` is true; NaN stays NaN. */
  @inline
  static storeBounded(to: i32, first: v128, second: v128, bounds: bool, minimum: v128, maximum: v128): void {
    if (bounds) Pair.store(to, bounded(first, minimum, maximum), bounded(second, minimum, maximum));
    else Pair.store(to, first, second);
  }
}

/** A single float, in the first lane of a vector. */
export class Lane {
  @inline
  static load(from: i32): v128 {
    return v128.load_zero<f32>(from);
  }

  @inline
  static store(to: i32, vector: v128): void {
    v128.store_lane<f32>(to, vector, 0);
  }
}
