import { type Shape, sizeOf } from '../core/shape.js';

/** Images `[count, height, width, channels]` as PyTorch and ONNX have them, `[count, channels, height, width]`. */
export function channelsFirst(pixels: Float32Array, [height, width, channels]: Shape): Float32Array {
  return swapped(pixels, height * width, channels);
}

/** The reverse of `channelsFirst`, for images of the same shape. */
export function channelsLast(pixels: Float32Array, [height, width, channels]: Shape): Float32Array {
  return swapped(pixels, channels, height * width);
}

/** Matrices `[rows, columns]` one behind the other, each as `[columns, rows]`. */
function swapped(values: Float32Array, rows: number, columns: number): Float32Array {
  const size = sizeOf([rows, columns]);
  return values.map((_, i) => {
    const within = i % size;
    return values[i - within + (within % rows) * columns + Math.floor(within / rows)];
  });
}
