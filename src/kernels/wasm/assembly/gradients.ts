import { FLOAT, VECTOR } from './lib/simd';

/** Adds the partial sums of all tasks or groups, in order. */
export function sumPartials(
  begin: i32,
  end: i32,
  partials: i32,
  count: i32,
  partialsItem: i32,
  gradient: i32,
): void {
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    let sum = v128.load(partials + at);
    for (let i = 1; i < count; i++) sum = f32x4.add(sum, v128.load(partials + i * partialsItem + at));
    v128.store(gradient + at, sum);
  }
  for (; at < stop; at += FLOAT) {
    let sum = f32.load(partials + at);
    for (let i = 1; i < count; i++) sum += f32.load(partials + i * partialsItem + at);
    f32.store(gradient + at, sum);
  }
}

/** The sum of squares, in double precision. */
export function squareSums(begin: i32, end: i32, gradient: i32, sums: i32): void {
  let pairs = f64x2.splat(0);
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    const g = v128.load(gradient + at);
    const low = f64x2.promote_low_f32x4(g);
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(g, g, 2, 3, 2, 3));
    pairs = f64x2.add(pairs, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
  }
  let sum = f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
  for (; at < stop; at += FLOAT) {
    const g = <f64>f32.load(gradient + at);
    sum += g * g;
  }
  f64.store(sums, sum);
}

/** Keeps PyTorch's `clip_grad_norm_` from dividing by zero. */
const CLIP_EPSILON: f64 = 1e-6;

/** Scales a gradient to the norm `maxNorm` if it exceeds that; adds the sums of squares of all tasks in task order. */
export function clipGradient(begin: i32, end: i32, sums: i32, tasks: i32, gradient: i32, maxNorm: f64): void {
  let total: f64 = 0;
  for (let task = 0; task < tasks; task++) total += f64.load(sums + task * sizeof<f64>());
  const factor = <f32>min<f64>(1, maxNorm / (sqrt<f64>(total) + CLIP_EPSILON));
  if (factor == 1) return;
  let at = begin * FLOAT;
  const stop = end * FLOAT;
  for (; at + VECTOR <= stop; at += VECTOR) {
    v128.store(gradient + at, f32x4.mul(v128.load(gradient + at), f32x4.splat(factor)));
  }
  for (; at < stop; at += FLOAT) f32.store(gradient + at, f32.load(gradient + at) * factor);
}
