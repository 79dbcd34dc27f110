import { describe, expect, it } from 'vitest';
import { runOf } from '../../helpers/referenceRun.js';

describe('relu', () => {
  it.each([
    { maximum: Infinity, expected: [1.5, 0, 0, NaN, 6, 7, Infinity] },
    { maximum: 6, expected: [1.5, 0, 0, NaN, 6, 6, 6] },
  ])('preserves values between its bounds and NaN: $maximum', ({ maximum, expected }) => {
    const { run, tensors } = runOf(1, (builder) => {
      const input = builder.perImage('input', [7]);
      builder.add({ op: 'relu', reads: { input }, writes: { output: input }, maximum });
      return { input };
    });
    run.set(tensors.input, [1.5, -2, -0, NaN, 6, 7, Infinity]);
    run.run();
    expect(run.get(tensors.input)).toEqual(expected);
  });
});

/** PyTorch's `relu6` passes no gradient at 0 and 6. */
describe('reluGrad', () => {
  it('passes the gradient between the bounds only', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const [output, outputGrad] = ['output', 'outputGrad'].map((name) => builder.perImage(name, [4]));
      const writes = { inputGrad: outputGrad };
      builder.add({ op: 'reluGrad', reads: { output, outputGrad }, writes, maximum: 6 });
      return { output, outputGrad };
    });
    run.set(tensors.output, [0, 0.5, 5.5, 6]);
    run.set(tensors.outputGrad, [1, 2, 3, 4]);
    run.run();
    expect(run.get(tensors.outputGrad)).toEqual([0, 2, 3, 0]);
  });
});
