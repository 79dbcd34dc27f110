import { forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';

export const add: WebgpuKernel<'add'> = ({ reads, writes }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.output,
    'store(at_output(item, e), load(at_input(item, e)) + load(at_other(item, e)));',
  );
