import type { ReferenceKernel } from './kernel.js';
import { placesOf } from './places.js';

/** `output = input + other`, element by element. */
export const add: ReferenceKernel<'add'> = ({ reads, writes }, memory) => {
  const input = memory.floats(reads.input);
  const other = memory.floats(reads.other);
  const output = memory.floats(writes.output);
  const from = placesOf(reads.input);
  const otherPlaces = placesOf(reads.other);
  const to = placesOf(writes.output);

  return (_task, begin, end) => {
    for (let item = begin; item < end; item++) {
      for (let e = 0; e < to.size; e++) {
        output[to.of(item, e)] = input[from.of(item, e)] + other[otherPlaces.of(item, e)];
      }
    }
  };
};
