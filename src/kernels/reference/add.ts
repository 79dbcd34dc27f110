import type { ReferenceKernel } from './lib/kernel.js';
import { elementIndices } from './lib/indices.js';

/** `output = input + other`, element by element. */
export const add: ReferenceKernel<'add'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const other = memory.floats(reads.other);
  const output = memory.floats(writes.output);
  const from = elementIndices(reads.input);
  const otherPlaces = elementIndices(reads.other);
  const to = elementIndices(writes.output);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        output[to.of(item, e)] = input[from.of(item, e)] + other[otherPlaces.of(item, e)];
      }
    }
  };
};
