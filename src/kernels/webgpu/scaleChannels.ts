import { sizeOf } from '../../core/shape.js';
import { forItemsOf } from './lib/elements.js';
import type { WebgpuKernel } from './lib/kernel.js';

export const scaleChannels: WebgpuKernel<'scaleChannels'> = ({ reads, writes }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.output,
    `let factor = load(at_factors(item, e % ${writes.output.shape[2]}u));
  store(at_output(item, e), load(at_input(item, e)) * factor);`,
  );

export const scaleChannelsGrad: WebgpuKernel<'scaleChannelsGrad'> = ({ reads, writes }) => {
  const channels = reads.input.shape[2];
  return forItemsOf(
    { ...reads, ...writes },
    writes.factorsGrad,
    `var sum = 0.0;
  for (var i = e; i < ${sizeOf(reads.input.shape)}u; i += ${channels}u) {
    sum += load(at_input(item, i)) * load(at_outputGrad(item, i));
  }
  store(at_factorsGrad(item, e), sum);`,
  );
};
