import { multiplyAdd } from './simd';

const LOG2_E: f32 = 1.44269504;
/** The logarithm of 2 in two parts; integer multiples of the first part, up to several hundred, are exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
/** The range of inputs whose result is a normal float32. */
const MIN_INPUT: f32 = -87;
const MAX_INPUT: f32 = 88;

/**
 * `exp(x)` to within one or two roundings: `2^n · exp(r)` with an integer n and |r| at most half the logarithm of 2, for which eight
 * terms of the exponential series suffice. Clamped to the range of float32; NaN stays NaN.
 */
export function exp4(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(MAX_INPUT)), f32x4.splat(MIN_INPUT));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
  let r = multiplyAdd(n, f32x4.splat(-LN2_HIGH), x);
  r = multiplyAdd(n, f32x4.splat(-LN2_LOW), r);
  let sum = multiplyAdd(r, f32x4.splat(1.0 / 5040), f32x4.splat(1.0 / 720));
  sum = multiplyAdd(r, sum, f32x4.splat(1.0 / 120));
  sum = multiplyAdd(r, sum, f32x4.splat(1.0 / 24));
  sum = multiplyAdd(r, sum, f32x4.splat(1.0 / 6));
  sum = multiplyAdd(r, sum, f32x4.splat(0.5));
  sum = multiplyAdd(r, sum, f32x4.splat(1));
  sum = multiplyAdd(r, sum, f32x4.splat(1));
  const exponent = i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127));
  return f32x4.mul(sum, i32x4.shl(exponent, 23));
}
