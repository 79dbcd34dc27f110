import { forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { curveCode } from './lib/curves.js';

export const nonlinearity: WebgpuKernel<'nonlinearity'> = ({ reads, writes, nonlinearity: curve }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.output,
    'store(at_output(item, e), valueAt(load(at_input(item, e))));',
    curveCode(curve),
  );

export const nonlinearityGrad: WebgpuKernel<'nonlinearityGrad'> = ({ reads, writes, nonlinearity: curve }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.inputGrad,
    'store(at_inputGrad(item, e), load(at_outputGrad(item, e)) * slopeAt(load(at_input(item, e))));',
    curveCode(curve),
  );
