import { countOf } from './generated/step';
import { swap, total } from './lib/channelSums';
import { FLOAT, multiplyAdd, VECTOR } from './lib/simd';

export { batchNormGradStatistics, batchNormGradSums, batchNormInputGrad } from './lib/batchNormGrad';

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
  const wide = pixel & ~(VECTOR - 1);
  const squares = sums + channels * 8;
  memory.fill(sums, 0, channels * 16);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      const from = input + item * inputItem + y * inputRow;
      const length = width * pixel;
      for (let c = 0; c < wide; c += VECTOR) {
        channelRowSums(from + c, width, pixel, sums + c * 2, squares + c * 2);
      }
      for (let c = wide; c < pixel; c += FLOAT) {
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

/**
 * Adds a row's values of four channels and their squares in float64, because the variance is a small difference of large sums.
 */
function channelRowSums(from: i32, width: i32, pixel: i32, sums: i32, squares: i32): void {
  let sum0 = v128.load(sums);
  let sum1 = v128.load(sums + VECTOR);
  let square0 = v128.load(squares);
  let square1 = v128.load(squares + VECTOR);
  for (let x = 0; x < width; x++) {
    const value = v128.load(from);
    const low = f64x2.promote_low_f32x4(value);
    const high = f64x2.promote_low_f32x4(swap(value));
    sum0 = f64x2.add(sum0, low);
    sum1 = f64x2.add(sum1, high);
    square0 = f64x2.add(square0, f64x2.mul(low, low));
    square1 = f64x2.add(square1, f64x2.mul(high, high));
    from += pixel;
  }
  v128.store(sums, sum0);
  v128.store(sums + VECTOR, sum1);
  v128.store(squares, square0);
  v128.store(squares + VECTOR, square1);
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
  const pixel = channels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      let from = input + item * inputItem + y * inputRow;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < wide; c += VECTOR) {
          v128.store(to + c, multiplyAdd(v128.load(from + c), v128.load(scale + c), v128.load(shift + c)));
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          f32.store(to + c, f32.load(from + c) * f32.load(scale + c) + f32.load(shift + c));
        }
        from += pixel;
        to += pixel;
      }
    }
  }
}
