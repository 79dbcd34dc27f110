import { forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { boundedCode, passesCode } from './lib/relu.js';

export const relu: WebgpuKernel<'relu'> = (op) =>
  forItemsOf(
    { ...op.reads, ...op.writes },
    op.writes.output,
    'store(at_output(item, e), bounded(load(at_input(item, e))));',
    boundedCode(op),
  );

export const reluGrad: WebgpuKernel<'reluGrad'> = (op) =>
  forItemsOf(
    { ...op.reads, ...op.writes },
    op.writes.inputGrad,
    'store(at_inputGrad(item, e), select(0.0, load(at_outputGrad(item, e)), passes(load(at_output(item, e)))));',
    passesCode(op),
  );
