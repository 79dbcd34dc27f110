import { mix } from './lib/hash.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';
import { elementIndices } from './lib/indices.js';

/** 2^32 divided by the golden ratio: spreads small numbers over 32 bits. */
const SPREAD = 0x9e3779b9;

/**
 * Keeps element e of image j of the batch if 24 random bits, a hash of the step's seed, the layer's salt, j and e, are at least
 * `probability · 2^24`. e does not count the halo, so that the output and its gradient have the same mask.
 */
export const dropout: ReferenceKernel<'dropout'> = ({ reads, writes, probability, salt }, memory, plan) => {
  const input = memory.floats(reads.input);
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const to = elementIndices(writes.output);
  const stepValue = stepReader(memory, plan);
  const threshold = Math.round(probability * 2 ** 24);
  const scale = 1 / (1 - probability);

  return (_task, begin, end, step) => {
    const layerHash = mix(stepValue(step, 'dropoutSeed') + Math.imul(salt, SPREAD));
    for (let item = begin; item < end; item++) {
      const itemHash = mix(layerHash + item);
      for (let e = 0; e < to.size; e++) {
        const isKept = mix(itemHash + e) >>> 8 >= threshold;
        output[to.of(item, e)] = isKept ? input[from.of(item, e)] * scale : 0;
      }
    }
  };
};
