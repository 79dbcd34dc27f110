import { countOf } from '../generated/step';
import { addTo, total } from './channelSums';
import { FLOAT, multiplyAdd, VECTOR } from './simd';

/** The sums of `outputGrad` and of `outputGrad · (input - mean)` of each channel over a task's images. */
export function batchNormGradSums(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  mean: i32,
  sums: i32,
): void {
  const pixel = channels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  const products = sums + channels * 8;
  memory.fill(sums, 0, channels * 16);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      const values = input + item * inputItem + y * inputRow;
      const grads = outputGrad + item * outputGradItem + y * outputGradRow;
      const length = width * pixel;
      for (let c = 0; c < wide; c += VECTOR) {
        const middle = v128.load(mean + c);
        let sum = f32x4.splat(0);
        let product = f32x4.splat(0);
        for (let at = c; at < length; at += pixel) {
          const grad = v128.load(grads + at);
          sum = f32x4.add(sum, grad);
          product = multiplyAdd(grad, f32x4.sub(v128.load(values + at), middle), product);
        }
        addTo(sums + c * 2, sum);
        addTo(products + c * 2, product);
      }
      for (let c = wide; c < pixel; c += FLOAT) {
        const middle = <f64>f32.load(mean + c);
        let sum: f64 = 0;
        let product: f64 = 0;
        for (let at = c; at < length; at += pixel) {
          const grad = <f64>f32.load(grads + at);
          sum += grad;
          product += grad * (<f64>f32.load(values + at) - middle);
        }
        f64.store(sums + c * 2, f64.load(sums + c * 2) + sum);
        f64.store(products + c * 2, f64.load(products + c * 2) + product);
      }
    }
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

/** `inputGrad = a · outputGrad + b · input + c`, with a, b and c per channel. */
export function batchNormInputGrad(
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
  height: i32,
  width: i32,
  channels: i32,
  coefficients: i32,
): void {
  const pixel = channels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  const b = coefficients + pixel;
  const c = b + pixel;
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      let values = input + item * inputItem + y * inputRow;
      let grads = outputGrad + item * outputGradItem + y * outputGradRow;
      let to = inputGrad + item * inputGradItem + y * inputGradRow;
      for (let x = 0; x < width; x++) {
        for (let i = 0; i < wide; i += VECTOR) {
          const shifted = multiplyAdd(v128.load(b + i), v128.load(values + i), v128.load(c + i));
          v128.store(to + i, multiplyAdd(v128.load(coefficients + i), v128.load(grads + i), shifted));
        }
        for (let i = wide; i < pixel; i += FLOAT) {
          const shifted = f32.load(b + i) * f32.load(values + i) + f32.load(c + i);
          f32.store(to + i, f32.load(coefficients + i) * f32.load(grads + i) + shifted);
        }
        values += pixel;
        grads += pixel;
        to += pixel;
      }
    }
  }
}
