import { countOf } from './generated/step';
import { swap, total } from './lib/channelSums';
import { ZEROS } from './lib/gemm';
import { Normalize } from './lib/normalize';
import { CHANNELS, FLOAT, VECTOR } from './lib/simd';

export { batchNormGradSums } from './lib/normGradSums';
export { batchNormInputGrad } from './lib/normInputGrad';

/** The sum and the sum of squares of each channel over a task's images. */
export function channelSums(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  sums: i32,
): void {
  const pixel = channels * FLOAT;
  const squares = sums + channels * 8;
  memory.fill(sums, 0, channels * 16);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      const from = input + item * inputItem + y * inputRow;
      const length = width * pixel;
      let c = 0;
      for (; c + CHANNELS <= pixel; c += CHANNELS) {
        ChannelSums.addRow(true, from + c, width, pixel, sums + c * 2, squares + c * 2);
      }
      if (c + VECTOR <= pixel) {
        ChannelSums.addRow(false, from + c, width, pixel, sums + c * 2, squares + c * 2);
        c += VECTOR;
      }
      for (; c < pixel; c += FLOAT) {
        let sum: f64 = 0;
        let square: f64 = 0;
        for (let at = c; at < length; at += pixel) {
          const value = <f64>f32.load(from + at);
          sum += value;
          square += value * value;
        }
        f64.store(sums + c * 2, f64.load(sums + c * 2) + sum);
        f64.store(squares + c * 2, f64.load(squares + c * 2) + square);
      }
    }
  }
}

/** `sum + value²`: the square of a float32 is exact in float64, so that both builds round the same. */
function addSquare(value: v128, sum: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(value, value, sum);
  return f64x2.add(sum, f64x2.mul(value, value));
}

class ChannelSums {
  /**
   * Adds a row's values of eight (`isPair`) or four channels and their squares in float64, because the variance is a small difference of
   * large sums.
   */
  @inline
  static addRow(isPair: bool, from: i32, width: i32, pixel: i32, sums: i32, squares: i32): void {
    let sum0 = v128.load(sums);
    let square0 = v128.load(squares);
    let sum1 = v128.load(sums, VECTOR);
    let square1 = v128.load(squares, VECTOR);
    let sum2 = isPair ? v128.load(sums, 2 * VECTOR) : f64x2.splat(0);
    let square2 = isPair ? v128.load(squares, 2 * VECTOR) : f64x2.splat(0);
    let sum3 = isPair ? v128.load(sums, 3 * VECTOR) : f64x2.splat(0);
    let square3 = isPair ? v128.load(squares, 3 * VECTOR) : f64x2.splat(0);
    for (let x = 0; x < width; x++) {
      const first = v128.load(from);
      const value0 = f64x2.promote_low_f32x4(first);
      const value1 = f64x2.promote_low_f32x4(swap(first));
      sum0 = f64x2.add(sum0, value0);
      sum1 = f64x2.add(sum1, value1);
      square0 = addSquare(value0, square0);
      square1 = addSquare(value1, square1);
      if (isPair) {
        const second = v128.load(from, VECTOR);
        const value2 = f64x2.promote_low_f32x4(second);
        const value3 = f64x2.promote_low_f32x4(swap(second));
        sum2 = f64x2.add(sum2, value2);
        sum3 = f64x2.add(sum3, value3);
        square2 = addSquare(value2, square2);
        square3 = addSquare(value3, square3);
      }
      from += pixel;
    }
    v128.store(sums, sum0);
    v128.store(sums, sum1, VECTOR);
    v128.store(squares, square0);
    v128.store(squares, square1, VECTOR);
    if (!isPair) return;
    v128.store(sums, sum2, 2 * VECTOR);
    v128.store(sums, sum3, 3 * VECTOR);
    v128.store(squares, square2, 2 * VECTOR);
    v128.store(squares, square3, 3 * VECTOR);
  }
}

/** Computes the batch's mean and inverse deviation and the scale and shift that normalize it, and updates the running statistics. */
export function batchNormStatistics(
  step: i32,
  steps: i32,
  sums: i32,
  tasks: i32,
  channels: i32,
  positions: i32,
  gamma: i32,
  beta: i32,
  epsilon: f64,
  momentum: f64,
  mean: i32,
  inverseDeviation: i32,
  scale: i32,
  shift: i32,
  runningMean: i32,
  runningVariance: i32,
): void {
  const n = countOf(steps, step) * positions;
  const pitch = channels * 16;
  for (let c = 0; c < channels; c++) {
    const at = c * FLOAT;
    const average = total(sums + c * 8, tasks, pitch) / n;
    const squares = total(sums + (channels + c) * 8, tasks, pitch) / n;
    const variance = max<f64>(0, squares - average * average);
    const inverse = 1 / sqrt<f64>(variance + epsilon);
    f32.store(mean + at, <f32>average);
    f32.store(inverseDeviation + at, <f32>inverse);
    storeScaleShift(scale + at, shift + at, f32.load(gamma + at), f32.load(beta + at), average, inverse);
    const unbiased = n > 1 ? (variance * n) / (n - 1) : variance;
    moveTowards(runningMean + at, average, momentum);
    moveTowards(runningVariance + at, unbiased, momentum);
  }
}

/** The shift is computed with the rounded scale, so that a value at the mean becomes beta to within a bit or two. */
function storeScaleShift(scale: i32, shift: i32, gamma: f32, beta: f32, average: f64, inverse: f64): void {
  const factor = <f32>(<f64>gamma * inverse);
  f32.store(scale, factor);
  f32.store(shift, <f32>(<f64>beta - average * <f64>factor));
}

function moveTowards(address: i32, value: f64, share: f64): void {
  f32.store(address, <f32>((1 - share) * <f64>f32.load(address) + share * value));
}

/** Scale and shift from the running statistics. */
export function batchNormRunning(
  channels: i32,
  gamma: i32,
  beta: i32,
  runningMean: i32,
  runningVariance: i32,
  epsilon: f64,
  scale: i32,
  shift: i32,
): void {
  for (let at = 0; at < channels * FLOAT; at += FLOAT) {
    const average = <f64>f32.load(runningMean + at);
    const inverse = 1 / sqrt<f64>(<f64>f32.load(runningVariance + at) + epsilon);
    storeScaleShift(scale + at, shift + at, f32.load(gamma + at), f32.load(beta + at), average, inverse);
  }
}

/** The gradients of gamma and beta, and the coefficients a, b and c of `batchNormInputGrad`. */
export function batchNormGradStatistics(
  step: i32,
  steps: i32,
  sums: i32,
  tasks: i32,
  channels: i32,
  positions: i32,
  gamma: i32,
  mean: i32,
  inverseDeviation: i32,
  gammaGrad: i32,
  betaGrad: i32,
  coefficients: i32,
): void {
  const n = countOf(steps, step) * positions;
  const pitch = channels * 16;
  const row = channels * FLOAT;
  for (let c = 0; c < channels; c++) {
    const at = c * FLOAT;
    const inverse = <f64>f32.load(inverseDeviation + at);
    const sum = total(sums + c * 8, tasks, pitch);
    const product = total(sums + (channels + c) * 8, tasks, pitch);
    const a = <f64>f32.load(gamma + at) * inverse;
    const b = (-a * inverse * inverse * product) / n;
    f32.store(betaGrad + at, <f32>sum);
    f32.store(gammaGrad + at, <f32>(inverse * product));
    f32.store(coefficients + at, <f32>a);
    f32.store(coefficients + row + at, <f32>b);
    f32.store(coefficients + 2 * row + at, <f32>((-a * sum) / n - b * <f64>f32.load(mean + at)));
  }
}

/** `output = input · scale + shift`, with a scale and a shift per channel. */
export function scaleShift(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  scale: i32,
  shift: i32,
): void {
  Normalize.images(
    false,
    false,
    begin,
    end,
    input,
    inputItem,
    inputRow,
    ZEROS,
    0,
    0,
    output,
    outputItem,
    outputRow,
    height,
    width,
    channels,
    scale,
    shift,
    0,
  );
}
