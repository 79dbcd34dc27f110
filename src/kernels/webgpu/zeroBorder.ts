import { forPixels } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';

export const zeroBorder: WebgpuKernel<'zeroBorder'> = ({ writes, border: [rows, columns] }) => {
  const [height, width] = writes.output.shape;
  return forPixels(
    writes,
    writes.output,
    `let isInside = y >= ${rows} && y < ${height - rows} && x >= ${columns} && x < ${width - columns};
  if (!isInside) { store(at_output(item, e), 0.0); }`,
  );
};
