/** A bijection of 32-bit integers whose output looks random: Chris Wellons' "lowbias32". */
export function mix(x: u32): u32 {
  x = (x ^ (x >>> 16)) * 0x7feb352d;
  x = (x ^ (x >>> 15)) * 0x846ca68b;
  return x ^ (x >>> 16);
}

/** `mix` of four numbers. */
export function mix4(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** The random number of that index, in [0, 1). */
export function shareOf(hash: u32, index: i32): f64 {
  return <f64>(mix(hash + index) >>> 8) * (1.0 / 16777216.0);
}

/** The random number of that index, in [-1, 1). */
export function signedOf(hash: u32, index: i32): f64 {
  return 2 * shareOf(hash, index) - 1;
}

/** An integer from `-maximum` to `maximum`. */
export function integerOf(hash: u32, index: i32, maximum: i32): f64 {
  return floor<f64>(shareOf(hash, index) * <f64>(2 * maximum + 1)) - <f64>maximum;
}

/** Two random numbers in [-1, 1) from two hashes. */
export function signedPair(hashed: v128): v128 {
  const share = f64x2.convert_low_i32x4_u(i32x4.shr_u(hashed, 8));
  return f64x2.sub(f64x2.mul(share, f64x2.splat(2.0 / 16777216.0)), f64x2.splat(1));
}
