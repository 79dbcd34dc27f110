import { ZEROS } from './gemm';
import { Normalize } from './normalize';
import { CHANNELS, FLOAT, Lane, multiplyAdd, Pair, VECTOR } from './simd';
import { pairedBytes } from './tile';

/*
 * The gradients of a normalization's input. Vector lanes are channels, and results are written in the order of the memory, as in
 * `Normalize`.
 */

class NormInputGrad {
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
    inputGrad: i32,
    inputGradItem: i32,
    inputGradRow: i32,
    height: i32,
    width: i32,
    channels: i32,
    scale: i32,
    shift: i32,
    maximum: f32,
    coefficients: i32,
  ): void {
    const pixel = channels * FLOAT;
    const pairs = pairedBytes(pixel);
    const b = coefficients + pixel;
    const most = f32x4.splat(maximum);
    for (let item = begin; item < end; item++) {
      for (let y = 0; y < height; y++) {
        let values = input + item * inputItem + y * inputRow;
        let grads = outputGrad + item * outputGradItem + y * outputGradRow;
        let to = inputGrad + item * inputGradItem + y * inputGradRow;
        for (let x = 0; x < width; x++) {
          NormInputGrad.pixel(
            relu,
            values,
            grads,
            to,
            pairs,
            pixel,
            scale,
            shift,
            most,
            coefficients,
            b,
            b + pixel,
          );
          values += pixel;
          grads += pixel;
          to += pixel;
        }
      }
    }
  }

  @inline
  static pixel(
    relu: bool,
    values: i32,
    grads: i32,
    to: i32,
    pairs: i32,
    pixel: i32,
    scale: i32,
    shift: i32,
    most: v128,
    a: i32,
    b: i32,
    constant: i32,
  ): void {
    const zero = f32x4.splat(0);
    let c = 0;
    for (; c < pairs; c += CHANNELS) {
      const value0 = v128.load(values + c);
      const value1 = v128.load(values + c, VECTOR);
      const scale0 = relu ? v128.load(scale + c) : zero;
      const scale1 = relu ? v128.load(scale + c, VECTOR) : zero;
      const shift0 = relu ? v128.load(shift + c) : zero;
      const shift1 = relu ? v128.load(shift + c, VECTOR) : zero;
      const grad0 = Normalize.outputGrad(relu, value0, v128.load(grads + c), scale0, shift0, most);
      const grad1 = Normalize.outputGrad(relu, value1, v128.load(grads + c, VECTOR), scale1, shift1, most);
      const rest0 = multiplyAdd(v128.load(b + c), value0, v128.load(constant + c));
      const rest1 = multiplyAdd(v128.load(b + c, VECTOR), value1, v128.load(constant + c, VECTOR));
      Pair.store(
        to + c,
        multiplyAdd(v128.load(a + c), grad0, rest0),
        multiplyAdd(v128.load(a + c, VECTOR), grad1, rest1),
      );
    }
    for (; c + VECTOR <= pixel; c += VECTOR) {
      const value = v128.load(values + c);
      const scales = relu ? v128.load(scale + c) : zero;
      const shifts = relu ? v128.load(shift + c) : zero;
      const grad = Normalize.outputGrad(relu, value, v128.load(grads + c), scales, shifts, most);
      const rest = multiplyAdd(v128.load(b + c), value, v128.load(constant + c));
      v128.store(to + c, multiplyAdd(v128.load(a + c), grad, rest));
    }
    for (; c < pixel; c += FLOAT) {
      const value = Lane.load(values + c);
      const scales = relu ? Lane.load(scale + c) : zero;
      const shifts = relu ? Lane.load(shift + c) : zero;
      const grad = Normalize.outputGrad(relu, value, Lane.load(grads + c), scales, shifts, most);
      const rest = multiplyAdd(Lane.load(b + c), value, Lane.load(constant + c));
      Lane.store(to + c, multiplyAdd(Lane.load(a + c), grad, rest));
    }
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
  NormInputGrad.images(
    false,
    begin,
    end,
    input,
    inputItem,
    inputRow,
    outputGrad,
    outputGradItem,
    outputGradRow,
    inputGrad,
    inputGradItem,
    inputGradRow,
    height,
    width,
    channels,
    ZEROS,
    ZEROS,
    0,
    coefficients,
  );
}

/** `batchNormInputGrad` from the gradient of ReLU's output. */
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
  maximum: f32,
  coefficients: i32,
): void {
  NormInputGrad.images(
    true,
    begin,
    end,
    input,
    inputItem,
    inputRow,
    outputGrad,
    outputGradItem,
    outputGradRow,
    inputGrad,
    inputGradItem,
    inputGradRow,
    height,
    width,
    channels,
    scale,
    shift,
    maximum,
    coefficients,
  );
}
