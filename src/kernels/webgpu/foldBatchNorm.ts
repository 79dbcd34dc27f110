import { forElements } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { elementsOf } from './lib/wgsl.js';

export const foldBatchNorm: WebgpuKernel<'foldBatchNorm'> = ({ reads, writes }) => {
  const outputs = elementsOf(reads.scale);
  const bias = reads.bias === undefined ? '0.0' : 'load(at_bias(0u, e))';
  return forElements(
    { ...reads, ...writes },
    elementsOf(reads.weight),
    `store(at_foldedWeight(0u, e), load(at_weight(0u, e)) * load(at_scale(0u, e % ${outputs}u)));
  if (e < ${outputs}u) {
    store(at_foldedBias(0u, e), ${bias} * load(at_scale(0u, e)) + load(at_shift(0u, e)));
  }`,
  );
};
