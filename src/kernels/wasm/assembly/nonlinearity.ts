import { exp4 } from './lib/exp';
import { FLOAT, multiplyAdd, storeRest, VECTOR } from './lib/simd';

/** The functions, named as in `plan/ops/nonlinearity.ts`. */
enum Nonlinearity {
  leakyRelu,
  silu,
  gelu,
  sigmoid,
  hardSigmoid,
  hardSwish,
}

/** 1 / sqrt(2π) */
const DENSITY_AT_ZERO: f32 = 0.39894228;

/**
 * Half the polynomial of Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26: a standard normal variable exceeds |x|
 * with a probability of `polynomial · exp(-x² / 2)`, with an error below 1e-7.
 */
const TAIL_T: f32 = 0.3275911 * 0.70710678;
const TAIL_1: f32 = 0.5 * 0.254829592;
const TAIL_2: f32 = 0.5 * -0.284496736;
const TAIL_3: f32 = 0.5 * 1.421413741;
const TAIL_4: f32 = 0.5 * -1.453152027;
const TAIL_5: f32 = 0.5 * 1.061405429;

/** These are called with constant kinds and inlined, so that each function has its own loop. */
class Curve {
  @inline
  static valueAt(kind: i32, x: v128, slope: v128): v128 {
    if (kind == Nonlinearity.leakyRelu) {
      return v128.bitselect(x, f32x4.mul(x, slope), f32x4.gt(x, f32x4.splat(0)));
    }
    if (kind == Nonlinearity.silu) return f32x4.div(x, f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
    if (kind == Nonlinearity.sigmoid)
      return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
    if (kind == Nonlinearity.hardSigmoid) return hardSigmoid(x);
    if (kind == Nonlinearity.hardSwish) return f32x4.mul(x, hardSigmoid(x));
    return f32x4.mul(x, normalDistribution(x, exp4(halfSquare(x))));
  }

  @inline
  static slopeAt(kind: i32, x: v128, slope: v128): v128 {
    const one = f32x4.splat(1);
    if (kind == Nonlinearity.leakyRelu) return v128.bitselect(one, slope, f32x4.gt(x, f32x4.splat(0)));
    if (kind == Nonlinearity.hardSigmoid) return v128.and(f32x4.splat(1.0 / 6), isBetweenBounds(x));
    if (kind == Nonlinearity.hardSwish) {
      const slope = multiplyAdd(x, f32x4.splat(1.0 / 3), f32x4.splat(0.5));
      return v128.bitselect(slope, hardSigmoid(x), isBetweenBounds(x));
    }
    if (kind == Nonlinearity.silu || kind == Nonlinearity.sigmoid) {
      const power = exp4(f32x4.neg(x));
      const share = f32x4.div(one, f32x4.add(one, power));
      // 1 - share, without cancellation.
      const rest = f32x4.mul(power, share);
      if (kind == Nonlinearity.sigmoid) return f32x4.mul(share, rest);
      return f32x4.mul(share, multiplyAdd(x, rest, one));
    }
    const power = exp4(halfSquare(x));
    const density = f32x4.mul(power, f32x4.splat(DENSITY_AT_ZERO));
    return multiplyAdd(x, density, normalDistribution(x, power));
  }

  @inline
  static row(kind: i32, from: i32, to: i32, bytes: i32, slope: v128): void {
    for (let at = 0; at < bytes; at += VECTOR) {
      storeRest(to + at, Curve.valueAt(kind, v128.load(from + at), slope), bytes - at);
    }
  }

  @inline
  static gradRow(kind: i32, from: i32, grads: i32, to: i32, bytes: i32, slope: v128): void {
    for (let at = 0; at < bytes; at += VECTOR) {
      const factor = Curve.slopeAt(kind, v128.load(from + at), slope);
      storeRest(to + at, f32x4.mul(v128.load(grads + at), factor), bytes - at);
    }
  }
}

/** `x / 6 + 1/2`, limited to 0 and 1. */
function hardSigmoid(x: v128): v128 {
  const sum = f32x4.add(x, f32x4.splat(3));
  const limited = f32x4.min(f32x4.max(sum, f32x4.splat(0)), f32x4.splat(6));
  return f32x4.mul(limited, f32x4.splat(1.0 / 6));
}

/** A mask of where the hard sigmoid is not constant. */
function isBetweenBounds(x: v128): v128 {
  return f32x4.lt(f32x4.abs(x), f32x4.splat(3));
}

/** `-x² / 2` */
function halfSquare(x: v128): v128 {
  return f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5));
}

/** The cumulative distribution function of the standard normal distribution. @param power `exp(-x² / 2)` */
function normalDistribution(x: v128, power: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, multiplyAdd(f32x4.abs(x), f32x4.splat(TAIL_T), one));
  let polynomial = multiplyAdd(t, f32x4.splat(TAIL_5), f32x4.splat(TAIL_4));
  polynomial = multiplyAdd(t, polynomial, f32x4.splat(TAIL_3));
  polynomial = multiplyAdd(t, polynomial, f32x4.splat(TAIL_2));
  polynomial = multiplyAdd(t, polynomial, f32x4.splat(TAIL_1));
  const tail = f32x4.mul(f32x4.mul(t, polynomial), power);
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, f32x4.splat(0)));
}

/** Applies a function to each of `rows` rows of `rowElements` floats of an item; `slope` is leaky ReLU's. */
export function nonlinearity(
  kind: i32,
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  rows: i32,
  rowElements: i32,
  slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  const bytes = rowElements * FLOAT;
  for (let item = begin; item < end; item++) {
    for (let row = 0; row < rows; row++) {
      const from = input + item * inputItem + row * inputRow;
      const to = output + item * outputItem + row * outputRow;
      if (kind == Nonlinearity.leakyRelu) Curve.row(Nonlinearity.leakyRelu, from, to, bytes, slopes);
      else if (kind == Nonlinearity.silu) Curve.row(Nonlinearity.silu, from, to, bytes, slopes);
      else if (kind == Nonlinearity.gelu) Curve.row(Nonlinearity.gelu, from, to, bytes, slopes);
      else if (kind == Nonlinearity.sigmoid) Curve.row(Nonlinearity.sigmoid, from, to, bytes, slopes);
      else if (kind == Nonlinearity.hardSigmoid) Curve.row(Nonlinearity.hardSigmoid, from, to, bytes, slopes);
      else if (kind == Nonlinearity.hardSwish) Curve.row(Nonlinearity.hardSwish, from, to, bytes, slopes);
      else unreachable();
    }
  }
}

/** `inputGrad = outputGrad · f'(input)` */
export function nonlinearityGrad(
  kind: i32,
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  inputGrad: i32,
  inputGradItem: i32,
  inputGradRow: i32,
  rows: i32,
  rowElements: i32,
  slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  const bytes = rowElements * FLOAT;
  for (let item = begin; item < end; item++) {
    for (let row = 0; row < rows; row++) {
      const from = input + item * inputItem + row * inputRow;
      const grads = outputGrad + item * outputGradItem + row * outputGradRow;
      const to = inputGrad + item * inputGradItem + row * inputGradRow;
      if (kind == Nonlinearity.leakyRelu)
        Curve.gradRow(Nonlinearity.leakyRelu, from, grads, to, bytes, slopes);
      else if (kind == Nonlinearity.silu) Curve.gradRow(Nonlinearity.silu, from, grads, to, bytes, slopes);
      else if (kind == Nonlinearity.gelu) Curve.gradRow(Nonlinearity.gelu, from, grads, to, bytes, slopes);
      else if (kind == Nonlinearity.sigmoid)
        Curve.gradRow(Nonlinearity.sigmoid, from, grads, to, bytes, slopes);
      else if (kind == Nonlinearity.hardSigmoid)
        Curve.gradRow(Nonlinearity.hardSigmoid, from, grads, to, bytes, slopes);
      else if (kind == Nonlinearity.hardSwish)
        Curve.gradRow(Nonlinearity.hardSwish, from, grads, to, bytes, slopes);
      else unreachable();
    }
  }
}
