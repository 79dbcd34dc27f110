import { forItemsOf } from './lib/elements.js';
import { HASH } from './lib/hash.js';
import type { WebgpuKernel } from './lib/kernel.js';
import { float } from './lib/wgsl.js';

/** 2^32 divided by the golden ratio; see the reference. */
const SPREAD = 0x9e3779b9;

export const dropout: WebgpuKernel<'dropout'> = ({ reads, writes, probability, salt }) =>
  forItemsOf(
    { ...reads, ...writes },
    writes.output,
    `let layer = mixBits(current.dropoutSeed + ${Math.imul(salt, SPREAD) >>> 0}u);
  let isKept = (mixBits(mixBits(layer + item) + e) >> 8u) >= ${Math.round(probability * 2 ** 24)}u;
  store(at_output(item, e), select(0.0, load(at_input(item, e)) * ${float(1 / (1 - probability))}, isKept));`,
    HASH,
  );
