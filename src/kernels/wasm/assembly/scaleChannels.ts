import { FLOAT, multiplyAdd, storeRest, VECTOR } from './lib/simd';

/** Multiplies each channel of an image by a factor. */
export function scaleChannels(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  factors: i32,
  factorsItem: i32,
  output: i32,
  outputItem: i32,
  outputRow: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
): void {
  const pixel = outputChannels * FLOAT;
  for (let item = begin; item < end; item++) {
    const factor = factors + item * factorsItem;
    for (let y = 0; y < outputHeight; y++) {
      let from = input + item * inputItem + y * inputRow;
      let to = output + item * outputItem + y * outputRow;
      for (let x = 0; x < outputWidth; x++) {
        for (let c = 0; c < pixel; c += VECTOR) {
          storeRest(to + c, f32x4.mul(v128.load(from + c), v128.load(factor + c)), pixel - c);
        }
        from += pixel;
        to += pixel;
      }
    }
  }
}

/** The gradient of the factors: sums over the pixels of an image, row by row, so that a row stays in the cache for all channels. */
export function scaleChannelsGrad(
  begin: i32,
  end: i32,
  input: i32,
  inputItem: i32,
  inputRow: i32,
  inputHeight: i32,
  inputWidth: i32,
  inputChannels: i32,
  outputGrad: i32,
  outputGradItem: i32,
  outputGradRow: i32,
  factorsGrad: i32,
  factorsGradItem: i32,
): void {
  const pixel = inputChannels * FLOAT;
  const row = inputWidth * pixel;
  for (let item = begin; item < end; item++) {
    const to = factorsGrad + item * factorsGradItem;
    memory.fill(to, 0, pixel);
    for (let y = 0; y < inputHeight; y++) {
      const from = input + item * inputItem + y * inputRow;
      const grads = outputGrad + item * outputGradItem + y * outputGradRow;
      for (let c = 0; c < pixel; c += VECTOR) {
        let sum = f32x4.splat(0);
        for (let at = c; at < row; at += pixel) {
          sum = multiplyAdd(v128.load(from + at), v128.load(grads + at), sum);
        }
        storeRest(to + c, f32x4.add(v128.load(to + c), sum), pixel - c);
      }
    }
  }
}
