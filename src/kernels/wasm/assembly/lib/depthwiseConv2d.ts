import { FLOAT, multiplyAdd, VECTOR } from './simd';
import { ZEROS } from './gemm';
import { sumRows } from './sumRows';

/*
 * Convolution of each channel separately. Vector lanes are channels; the weights of a tap are one row of `channels` floats. Inputs are
 * read including the zeros of their halo. Pitches are in bytes.
 */

/** @param input the address of the first pixel of the padding */
export function depthwiseConv2d(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  weight: i32,
  bias: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
): void {
  const pixel = outputChannels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputHeight; y++) {
      let from = input + item * inputItem + y * strideY * inputRow;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < outputWidth; x++) {
        for (let c = 0; c < wide; c += VECTOR) {
          let sum = bias == ZEROS ? f32x4.splat(0) : v128.load(bias + c);
          let taps = weight + c;
          for (let ky = 0; ky < kernelHeight; ky++) {
            let at = from + ky * inputRow + c;
            for (let kx = 0; kx < kernelWidth; kx++) {
              sum = multiplyAdd(v128.load(at), v128.load(taps), sum);
              at += pixel;
              taps += pixel;
            }
          }
          v128.store(to + c, sum);
        }
        for (let c = wide; c < pixel; c += FLOAT) {
          let sum: f32 = bias == ZEROS ? 0 : f32.load(bias + c);
          let taps = weight + c;
          for (let ky = 0; ky < kernelHeight; ky++) {
            let at = from + ky * inputRow + c;
            for (let kx = 0; kx < kernelWidth; kx++) {
              sum += f32.load(at) * f32.load(taps);
              at += pixel;
              taps += pixel;
            }
          }
          f32.store(to + c, sum);
        }
        from += strideX * pixel;
        to += pixel;
      }
    }
  }
}

/**
 * Each output pixel adds to the gradients of the input pixels that it was computed from.
 *
 * @param transposed the weight with its taps reversed
 */
export function depthwiseConv2dInputGrad(
  begin: i32,
  end: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  paddingY: i32,
  paddingX: i32,
  transposed: i32,
  inputGrad: i32,
  inputGradItem: i32,
  inputGradRow: i32,
  inputGradHeight: i32,
  inputGradWidth: i32,
  inputGradChannels: i32,
): void {
  const pixel = inputGradChannels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  const lastTap = transposed + (kernelHeight * kernelWidth - 1) * pixel;
  for (let item = begin; item < end; item++) {
    const grads = inputGrad + item * inputGradItem;
    for (let y = 0; y < inputGradHeight; y++)
      memory.fill(grads + y * inputGradRow, 0, inputGradWidth * pixel);
    for (let y = 0; y < outputGradHeight; y++) {
      for (let ky = 0; ky < kernelHeight; ky++) {
        const inputY = y * strideY + ky - paddingY;
        if (inputY < 0 || inputY >= inputGradHeight) continue;
        for (let x = 0; x < outputGradWidth; x++) {
          const from = outputGrad + item * outputGradItem + y * outputGradRow + x * pixel;
          for (let kx = 0; kx < kernelWidth; kx++) {
            const inputX = x * strideX + kx - paddingX;
            if (inputX < 0 || inputX >= inputGradWidth) continue;
            const taps = lastTap - (ky * kernelWidth + kx) * pixel;
            const to = grads + inputY * inputGradRow + inputX * pixel;
            for (let c = 0; c < wide; c += VECTOR) {
              v128.store(to + c, multiplyAdd(v128.load(from + c), v128.load(taps + c), v128.load(to + c)));
            }
            for (let c = wide; c < pixel; c += FLOAT) {
              f32.store(to + c, f32.load(to + c) + f32.load(from + c) * f32.load(taps + c));
            }
          }
        }
      }
    }
  }
}

/** The gradients of weight and bias, summed over the images of a task; rows are summed separately first. */
export function depthwiseConv2dWeightGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  outputGradHeight: i32,
  outputGradWidth: i32,
  outputGradChannels: i32,
  weightPartial: i32,
  biasPartial: i32,
): void {
  const pixel = outputGradChannels * FLOAT;
  const wide = pixel & ~(VECTOR - 1);
  const step = strideX * pixel;
  memory.fill(weightPartial, 0, kernelHeight * kernelWidth * pixel);
  if (biasPartial != ZEROS) memory.fill(biasPartial, 0, pixel);
  for (let item = begin; item < end; item++) {
    for (let y = 0; y < outputGradHeight; y++) {
      const grads = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let ky = 0; ky < kernelHeight; ky++) {
        for (let kx = 0; kx < kernelWidth; kx++) {
          const values = input + item * inputItem + (y * strideY + ky) * inputRow + kx * pixel;
          const sums = weightPartial + (ky * kernelWidth + kx) * pixel;
          for (let c = 0; c < wide; c += VECTOR) {
            let sum = f32x4.splat(0);
            for (let x = 0; x < outputGradWidth; x++) {
              sum = multiplyAdd(v128.load(values + x * step + c), v128.load(grads + x * pixel + c), sum);
            }
            v128.store(sums + c, f32x4.add(v128.load(sums + c), sum));
          }
          for (let c = wide; c < pixel; c += FLOAT) {
            let sum: f32 = 0;
            for (let x = 0; x < outputGradWidth; x++) {
              sum += f32.load(values + x * step + c) * f32.load(grads + x * pixel + c);
            }
            f32.store(sums + c, f32.load(sums + c) + sum);
          }
        }
      }
      if (biasPartial != ZEROS) sumRows(grads, outputGradWidth, outputGradChannels, biasPartial);
    }
  }
}
