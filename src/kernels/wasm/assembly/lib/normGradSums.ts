import { addAndClear } from './channelSums';
import { ZEROS } from './gemm';
import { Normalize } from './normalize';
import { CHANNELS, FLOAT, Lane, multiplyAdd, Pair, VECTOR } from './simd';

/*
 * The sums over a task's images of the gradients of normalized values. Vector lanes are channels, as in `Normalize`. A group of channels
 * is added up over four neighboring pixels before the next group, so that its sums stay in registers for four pixels, which are still read
 * nearly in the order of the memory.
 */

const PIXELS: i32 = 4;

class NormGradSums {
  @inline
  static images(
    relu: bool,
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
    maximum: f32,
    mean: i32,
    sums: i32,
    scratch: i32,
  ): void {
    const pixel = channels * FLOAT;
    memory.fill(sums, 0, channels * 16);
    memory.fill(scratch, 0, 2 * pixel);
    const most = f32x4.splat(maximum);
    for (let item = begin; item < end; item++) {
      for (let y = 0; y < height; y++) {
        let values = input + item * inputItem + y * inputRow;
        let grads = outputGrad + item * outputGradItem + y * outputGradRow;
        for (let x = 0; x < width; x += PIXELS) {
          const count = min(PIXELS, width - x);
          NormGradSums.addPixels(relu, values, grads, count, pixel, scale, shift, most, mean, scratch);
          values += PIXELS * pixel;
          grads += PIXELS * pixel;
        }
        addAndClear(scratch, 2 * channels, sums);
      }
    }
  }

  @inline
  static addPixels(
    relu: bool,
    values: i32,
    grads: i32,
    count: i32,
    pixel: i32,
    scale: i32,
    shift: i32,
    most: v128,
    mean: i32,
    sums: i32,
  ): void {
    const zero = f32x4.splat(0);
    const length = count * pixel;
    let c = 0;
    for (; c + CHANNELS <= pixel; c += CHANNELS) {
      NormGradSums.addChannels(relu, true, values, grads, c, length, pixel, scale, shift, most, mean, sums);
    }
    if (c + VECTOR <= pixel) {
      NormGradSums.addChannels(relu, false, values, grads, c, length, pixel, scale, shift, most, mean, sums);
      c += VECTOR;
    }
    for (; c < pixel; c += FLOAT) {
      const scales = relu ? Lane.load(scale + c) : zero;
      const shifts = relu ? Lane.load(shift + c) : zero;
      let sum = Lane.load(sums + c);
      let product = Lane.load(sums + pixel + c);
      for (let at = c; at < length; at += pixel) {
        const value = Lane.load(values + at);
        const grad = Normalize.outputGrad(relu, value, Lane.load(grads + at), scales, shifts, most);
        sum = f32x4.add(sum, grad);
        product = multiplyAdd(grad, f32x4.sub(value, Lane.load(mean + c)), product);
      }
      Lane.store(sums + c, sum);
      Lane.store(sums + pixel + c, product);
    }
  }

  @inline
  static addChannels(
    relu: bool,
    isPair: bool,
    values: i32,
    grads: i32,
    c: i32,
    length: i32,
    pixel: i32,
    scale: i32,
    shift: i32,
    most: v128,
    mean: i32,
    sums: i32,
  ): void {
    const zero = f32x4.splat(0);
    const products = sums + pixel;
    const scale0 = relu ? v128.load(scale + c) : zero;
    const shift0 = relu ? v128.load(shift + c) : zero;
    const scale1 = relu && isPair ? v128.load(scale + c, VECTOR) : zero;
    const shift1 = relu && isPair ? v128.load(shift + c, VECTOR) : zero;
    const mean0 = v128.load(mean + c);
    const mean1 = isPair ? v128.load(mean + c, VECTOR) : zero;
    let sum0 = v128.load(sums + c);
    let sum1 = isPair ? v128.load(sums + c, VECTOR) : zero;
    let product0 = v128.load(products + c);
    let product1 = isPair ? v128.load(products + c, VECTOR) : zero;
    for (let at = c; at < length; at += pixel) {
      const value0 = v128.load(values + at);
      const grad0 = Normalize.outputGrad(relu, value0, v128.load(grads + at), scale0, shift0, most);
      sum0 = f32x4.add(sum0, grad0);
      product0 = multiplyAdd(grad0, f32x4.sub(value0, mean0), product0);
      if (isPair) {
        const value1 = v128.load(values + at, VECTOR);
        const grad1 = Normalize.outputGrad(relu, value1, v128.load(grads + at, VECTOR), scale1, shift1, most);
        sum1 = f32x4.add(sum1, grad1);
        product1 = multiplyAdd(grad1, f32x4.sub(value1, mean1), product1);
      }
    }
    if (isPair) {
      Pair.store(sums + c, sum0, sum1);
      Pair.store(products + c, product0, product1);
    } else {
      v128.store(sums + c, sum0);
      v128.store(products + c, product0);
    }
  }
}

/**
 * The sums of `outputGrad` and of `outputGrad · (input - mean)` of each channel over a task's images. Each row is summed separately first,
 * in float32.
 *
 * @param scratch memory for two floats per channel
 */
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
  scratch: i32,
): void {
  NormGradSums.images(
    false,
    begin,
    end,
    input,
    inputItem,
    inputRow,
    outputGrad,
    outputGradItem,
    outputGradRow,
    height,
    width,
    channels,
    ZEROS,
    ZEROS,
    0,
    mean,
    sums,
    scratch,
  );
}

/** `batchNormGradSums` from the gradient of ReLU's output. */
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
  maximum: f32,
  mean: i32,
  sums: i32,
  scratch: i32,
): void {
  NormGradSums.images(
    true,
    begin,
    end,
    input,
    inputItem,
    inputRow,
    outputGrad,
    outputGradItem,
    outputGradRow,
    height,
    width,
    channels,
    scale,
    shift,
    maximum,
    mean,
    sums,
    scratch,
  );
}
