import { FLOAT, multiplyAdd, VECTOR } from './lib/simd';
import { addTo } from './lib/channelSums';

/*
 * Batch normalization, ReLU and 2×2 max pooling in one pass, without intermediate results in memory. The backward pass finds the
 * maximum of each window again, and only the maximum receives a gradient. The channels must be a multiple of four. Pitches are in
 * bytes; `height` and `width` are those of the pooled image.
 */

/** `output = max(0, maximum of input · scale + shift under the window)` */
export function normReluPool2d(
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
  const zero = f32x4.splat(0);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < pixel; c += VECTOR) {
        const scales = v128.load(scale + c);
        const shifts = v128.load(shift + c);
        let from = input + item * inputItem + 2 * y * inputRow + c;
        let to = output + item * outputItem + y * outputRow + c;
        for (let x = 0; x < width; x++) {
          const below = from + inputRow;
          const top = f32x4.pmax(
            multiplyAdd(v128.load(from), scales, shifts),
            multiplyAdd(v128.load(from + pixel), scales, shifts),
          );
          const bottom = f32x4.pmax(
            multiplyAdd(v128.load(below), scales, shifts),
            multiplyAdd(v128.load(below + pixel), scales, shifts),
          );
          v128.store(to, f32x4.pmax(f32x4.pmax(top, bottom), zero));
          from += 2 * pixel;
          to += pixel;
        }
      }
    }
  }
}

/**
 * The sums of `batchNormGradSums` over a task's images, directly from the gradient of the pooled image, which only reaches the first
 * maximum under each window, if that is positive.
 */
export function normReluPool2dGradSums(
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
  const pixel = channels * FLOAT;
  const zero = f32x4.splat(0);
  const products = sums + pixel * 2;
  memory.fill(sums, 0, pixel * 4);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < pixel; c += VECTOR) {
        const scales = v128.load(scale + c);
        const shifts = v128.load(shift + c);
        const means = v128.load(mean + c);
        let sum = zero;
        let product = zero;
        let from = input + item * inputItem + 2 * y * inputRow + c;
        let at = outputGrad + item * outputGradItem + y * outputGradRow + c;
        for (let x = 0; x < width; x++) {
          const x0 = v128.load(from);
          const x1 = v128.load(from + pixel);
          const x2 = v128.load(from + inputRow);
          const x3 = v128.load(from + inputRow + pixel);
          const z0 = multiplyAdd(x0, scales, shifts);
          const z1 = multiplyAdd(x1, scales, shifts);
          const z2 = multiplyAdd(x2, scales, shifts);
          const z3 = multiplyAdd(x3, scales, shifts);
          const maximum = f32x4.pmax(f32x4.pmax(z0, z1), f32x4.pmax(z2, z3));
          let argument = v128.bitselect(x2, x3, f32x4.eq(z2, maximum));
          argument = v128.bitselect(x1, argument, f32x4.eq(z1, maximum));
          argument = v128.bitselect(x0, argument, f32x4.eq(z0, maximum));
          const grad = v128.and(v128.load(at), f32x4.gt(maximum, zero));
          sum = f32x4.add(sum, grad);
          product = multiplyAdd(grad, f32x4.sub(argument, means), product);
          from += 2 * pixel;
          at += pixel;
        }
        addTo(sums + c * 2, sum);
        addTo(products + c * 2, product);
      }
    }
  }
}

/** `batchNormInputGrad`, directly from the gradient of the pooled image, including rows and columns that were not pooled. */
export function normReluPool2dInputGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputHeight: i32,
  inputWidth: i32,
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
  const pixel = channels * FLOAT;
  const zero = f32x4.splat(0);
  const pooled = 2 * width;
  for (let item = begin; item < end; item++) {
    const values = input + item * inputItem;
    const grads = inputGrad + item * inputGradItem;
    for (let y = 0; y < height; y++) {
      const row = 2 * y;
      for (let c = 0; c < pixel; c += VECTOR) {
        const scales = v128.load(scale + c);
        const shifts = v128.load(shift + c);
        const as = v128.load(coefficients + c);
        const bs = v128.load(coefficients + pixel + c);
        const cs = v128.load(coefficients + 2 * pixel + c);
        let from = values + row * inputRow + c;
        let to = grads + row * inputGradRow + c;
        let at = outputGrad + item * outputGradItem + y * outputGradRow + c;
        for (let x = 0; x < width; x++) {
          const x0 = v128.load(from);
          const x1 = v128.load(from + pixel);
          const x2 = v128.load(from + inputRow);
          const x3 = v128.load(from + inputRow + pixel);
          const z0 = multiplyAdd(x0, scales, shifts);
          const z1 = multiplyAdd(x1, scales, shifts);
          const z2 = multiplyAdd(x2, scales, shifts);
          const z3 = multiplyAdd(x3, scales, shifts);
          const maximum = f32x4.pmax(f32x4.pmax(z0, z1), f32x4.pmax(z2, z3));
          const grad = f32x4.mul(as, v128.and(v128.load(at), f32x4.gt(maximum, zero)));
          const isMaximum0 = f32x4.eq(z0, maximum);
          const left1 = v128.andnot(grad, isMaximum0);
          const isMaximum1 = f32x4.eq(z1, maximum);
          const left2 = v128.andnot(left1, isMaximum1);
          const isMaximum2 = f32x4.eq(z2, maximum);
          v128.store(to, f32x4.add(v128.and(grad, isMaximum0), multiplyAdd(bs, x0, cs)));
          v128.store(to + pixel, f32x4.add(v128.and(left1, isMaximum1), multiplyAdd(bs, x1, cs)));
          v128.store(to + inputGradRow, f32x4.add(v128.and(left2, isMaximum2), multiplyAdd(bs, x2, cs)));
          v128.store(
            to + inputGradRow + pixel,
            f32x4.add(v128.andnot(left2, isMaximum2), multiplyAdd(bs, x3, cs)),
          );
          from += 2 * pixel;
          to += 2 * pixel;
          at += pixel;
        }
      }
      for (let r = row; r < row + 2; r++) {
        unpooled(values + r * inputRow, grads + r * inputGradRow, pooled, inputWidth, pixel, coefficients);
      }
    }
    for (let r = 2 * height; r < inputHeight; r++) {
      unpooled(values + r * inputRow, grads + r * inputGradRow, 0, inputWidth, pixel, coefficients);
    }
  }
}

/** The gradient of a row's pixels under no window, from column `first`. */
function unpooled(values: i32, grads: i32, first: i32, width: i32, pixel: i32, coefficients: i32): void {
  for (let c = 0; c < pixel; c += VECTOR) {
    const bs = v128.load(coefficients + pixel + c);
    const cs = v128.load(coefficients + 2 * pixel + c);
    for (let x = first; x < width; x++) {
      const at = x * pixel + c;
      v128.store(grads + at, multiplyAdd(bs, v128.load(values + at), cs));
    }
  }
}
