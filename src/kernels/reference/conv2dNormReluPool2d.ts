import { imageLayout } from '../../plan/tensor.js';
import { convolution } from './lib/convolution.js';
import type { ReferenceKernel } from './lib/kernel.js';
import { gridOf, pixelIndex } from './lib/indices.js';

/** `output = max(0, max of conv2d · scale + shift under the 2×2 window)` */
export const conv2dNormReluPool2d: ReferenceKernel<'conv2dNormReluPool2d'> = (op, memory) => {
  const [scale, shift, output] = [op.reads.scale, op.reads.shift, op.writes.output].map((tensor) =>
    memory.floats(tensor),
  );
  const to = imageLayout(op.writes.output);
  const pixels = gridOf(to.height, to.width);
  const windows = gridOf(2, 2);
  const valueOf = convolution({ ...op, dilation: [1, 1] }, memory);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of pixels) {
        const index = pixelIndex(to, item, y, x);
        for (let c = 0; c < to.channels; c++) {
          const values = windows.map(
            ([row, column]) => valueOf(item, 2 * y + row, 2 * x + column, c) * scale[c] + shift[c],
          );
          output[index + c] = Math.max(0, ...values);
        }
      }
    }
  };
};
