import { imageLayout } from '../../plan/tensor.js';
import { gridOf, pixelIndex } from './lib/indices.js';
import type { ReferenceKernel } from './lib/kernel.js';

/** `output = 0` in the first and last rows and columns. */
export const zeroBorder: ReferenceKernel<'zeroBorder'> = ({ writes, border: [rows, columns] }, memory) => {
  const output = memory.floats(writes.output);
  const layout = imageLayout(writes.output);
  const { height, width, channels } = layout;
  const isInside = (y: number, x: number) =>
    y >= rows && y < height - rows && x >= columns && x < width - columns;

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (const [y, x] of gridOf(height, width)) {
        const index = pixelIndex(layout, item, y, x);
        if (!isInside(y, x)) output.fill(0, index, index + channels);
      }
    }
  };
};
