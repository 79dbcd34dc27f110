import { describe, expect, it } from 'vitest';
import { runOf } from '../../helpers/referenceRun.js';

describe('relu', () => {
  it('preserves positive values and NaN', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const input = builder.perImage('input', [4]);
      builder.add({ op: 'relu', reads: { input }, writes: { output: input } });
      return { input };
    });
    run.set(tensors.input, [1.5, -2, -0, NaN]);
    run.run();
    expect(run.get(tensors.input)).toEqual([1.5, 0, 0, NaN]);
  });
});
