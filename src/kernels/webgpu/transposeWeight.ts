import { sizeOf } from '../../core/shape.js';
import { forElements } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';

export const transposeWeight: WebgpuKernel<'transposeWeight'> = ({ reads, writes }) => {
  const taps = sizeOf(reads.weight.shape.slice(0, -2));
  const [inputs, outputs] = reads.weight.shape.slice(-2);
  return forElements(
    { ...reads, ...writes },
    taps * inputs * outputs,
    `let i = e % ${inputs}u;
  let o = e / ${inputs}u % ${outputs}u;
  let tap = ${taps - 1}u - e / ${inputs * outputs}u;
  store(at_transposed(0u, e), load(at_weight(0u, (tap * ${inputs}u + i) * ${outputs}u + o)));`,
  );
};
