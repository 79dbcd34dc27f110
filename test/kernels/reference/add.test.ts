import { describe, expect, it } from 'vitest';
import { runOf } from '../../helpers/referenceRun.js';

describe('add', () => {
  it('adds element by element, for any halos', () => {
    const { run, tensors } = runOf(2, (builder) => {
      const input = builder.perImage('input', [1, 2, 2], { halo: [1, 0] });
      const other = builder.perImage('other', [1, 2, 2]);
      const output = builder.perImage('output', [1, 2, 2], { halo: [0, 2] });
      builder.add({ op: 'add', reads: { input, other }, writes: { output } });
      return { input, other, output };
    });
    run.set(tensors.input, [1, 2, 3, 4, 5, 6, 7, 8]);
    run.set(tensors.other, [10, 20, 30, 40, 50, 60, 70, 80]);
    run.run();
    expect(run.get(tensors.output)).toEqual([11, 22, 33, 44, 55, 66, 77, 88]);
  });
});
