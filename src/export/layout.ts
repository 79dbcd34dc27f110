import { type Shape, sizeOf } from '../core/shape.js';

/** Transposes images `[count, height, width, channels]` to `[count, channels, height, width]`, as in PyTorch and ONNX. */
export function channelsFirst(pixels: Float32Array, [height, width, channels]: Shape): Float32Array {
  return transposed(pixels, height * width, channels);
}

/** Inverse of `channelsFirst`; the shape is still `[height, width, channels]`. */
export function channelsLast(pixels: Float32Array, [height, width, channels]: Shape): Float32Array {
  return transposed(pixels, channels, height * width);
}

/** Transposes a batch of matrices `[rows, columns]`. */
function transposed(values: Float32Array, rows: number, columns: number): Float32Array {
  const size = sizeOf([rows, columns]);
  return values.map((_, i) => {
    const within = i % size;
    return values[i - within + (within % rows) * columns + Math.floor(within / rows)];
  });
}
