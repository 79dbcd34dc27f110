import { expect, it } from 'vitest';
import { runOf } from '../../helpers/referenceRun.js';

it('transposeWeight reverses the taps and exchanges inputs and outputs', () => {
  const { run, tensors } = runOf(1, (builder) => {
    const weight = builder.shared({ name: 'weight', shape: [1, 3, 2, 3] });
    const transposed = builder.shared({ name: 'transposed', shape: [1, 3, 3, 2] });
    builder.add({ op: 'transposeWeight', reads: { weight }, writes: { transposed } });
    return { weight, transposed };
  });
  run.set(tensors.weight, (e) => e);
  run.run();
  expect(run.get(tensors.transposed)).toEqual([12, 15, 13, 16, 14, 17, 6, 9, 7, 10, 8, 11, 0, 3, 1, 4, 2, 5]);
});
