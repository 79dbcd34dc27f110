import { addTo } from './lib/channelSums';
import { ZEROS } from './lib/gemm';
import { FLOAT, multiplyAdd, VECTOR } from './lib/simd';

/*
 * Batch normalization, the optional sum of a residual and ReLU in one pass. The backward pass recomputes from the input where ReLU
 * is active. Pitches are in bytes.
 */

/**
 * `output = max(0, input · scale + shift + other)`
 *
 * @param other `ZEROS` if nothing is added
 */
export function normRelu(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  other: i32,
  otherItem: i32,
  otherRow: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  height: i32,
  width: i32,
  channels: i32,
  scale: i32,
  shift: i32,
): void {
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      const from = input + item * inputItem + y * inputRow;
      const to = output + item * outputItem + y * outputRow;
      if (other == ZEROS) normReluPixels(from, to, width, channels, scale, shift);
      else {
        const added = other + item * otherItem + y * otherRow;
        normAddReluPixels(from, added, to, width, channels, scale, shift);
      }
    }
  }
}

function normReluPixels(from: i32, to: i32, width: i32, channels: i32, scale: i32, shift: i32): void {
  const zero = f32x4.splat(0);
  const pixel = channels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  for (let x = 0; x < width; x++) {
    for (let c = 0; c < wide; c += VECTOR) {
      const value = multiplyAdd(v128.load(from + c), v128.load(scale + c), v128.load(shift + c));
      v128.store(to + c, f32x4.pmax(value, zero));
    }
    for (let c = wide; c < pixel; c += FLOAT) {
      const value = f32.load(from + c) * f32.load(scale + c) + f32.load(shift + c);
      f32.store(to + c, value < 0 ? 0 : value);
    }
    from += pixel;
    to += pixel;
  }
}

function normAddReluPixels(
  from: i32,
  added: i32,
  to: i32,
  width: i32,
  channels: i32,
  scale: i32,
  shift: i32,
): void {
  const zero = f32x4.splat(0);
  const pixel = channels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  for (let x = 0; x < width; x++) {
    for (let c = 0; c < wide; c += VECTOR) {
      const value = multiplyAdd(v128.load(from + c), v128.load(scale + c), v128.load(shift + c));
      v128.store(to + c, f32x4.pmax(f32x4.add(value, v128.load(added + c)), zero));
    }
    for (let c = wide; c < pixel; c += FLOAT) {
      const value = f32.load(from + c) * f32.load(scale + c) + f32.load(shift + c) + f32.load(added + c);
      f32.store(to + c, value < 0 ? 0 : value);
    }
    from += pixel;
    added += pixel;
    to += pixel;
  }
}

/** The sums of `batchNormGradSums` over a task's images, from the gradient of ReLU's output. */
export function normReluGradSums(
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
  scale: i32,
  shift: i32,
  mean: i32,
  sums: i32,
): void {
  const zero = f32x4.splat(0);
  const pixel = channels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  const products = sums + channels * 8;
  const length = width * pixel;
  memory.fill(sums, 0, channels * 16);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      const values = input + item * inputItem + y * inputRow;
      const grads = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let c = 0; c < wide; c += VECTOR) {
        const scales = v128.load(scale + c);
        const shifts = v128.load(shift + c);
        const middle = v128.load(mean + c);
        let sum = zero;
        let product = zero;
        for (let at = c; at < length; at += pixel) {
          const value = v128.load(values + at);
          const open = f32x4.gt(multiplyAdd(value, scales, shifts), zero);
          const grad = v128.and(v128.load(grads + at), open);
          sum = f32x4.add(sum, grad);
          product = multiplyAdd(grad, f32x4.sub(value, middle), product);
        }
        addTo(sums + c * 2, sum);
        addTo(products + c * 2, product);
      }
      for (let c = wide; c < pixel; c += FLOAT) {
        const middle = <f64>f32.load(mean + c);
        let sum: f64 = 0;
        let product: f64 = 0;
        for (let at = c; at < length; at += pixel) {
          const value = f32.load(values + at);
          if (value * f32.load(scale + c) + f32.load(shift + c) > 0) {
            const grad = <f64>f32.load(grads + at);
            sum += grad;
            product += grad * (<f64>value - middle);
          }
        }
        f64.store(sums + c * 2, f64.load(sums + c * 2) + sum);
        f64.store(products + c * 2, f64.load(products + c * 2) + product);
      }
    }
  }
}

/** `batchNormInputGrad`, from the gradient of ReLU's output. */
export function normReluInputGrad(
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
  scale: i32,
  shift: i32,
  coefficients: i32,
): void {
  const zero = f32x4.splat(0);
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
          const value = v128.load(values + i);
          const open = f32x4.gt(multiplyAdd(value, v128.load(scale + i), v128.load(shift + i)), zero);
          const shifted = multiplyAdd(v128.load(b + i), value, v128.load(c + i));
          const grad = v128.and(v128.load(grads + i), open);
          v128.store(to + i, multiplyAdd(v128.load(coefficients + i), grad, shifted));
        }
        for (let i = wide; i < pixel; i += FLOAT) {
          const value = f32.load(values + i);
          const isOpen = value * f32.load(scale + i) + f32.load(shift + i) > 0;
          const shifted = f32.load(b + i) * value + f32.load(c + i);
          f32.store(to + i, f32.load(coefficients + i) * (isOpen ? f32.load(grads + i) : 0) + shifted);
        }
        values += pixel;
        grads += pixel;
        to += pixel;
      }
    }
  }
}
