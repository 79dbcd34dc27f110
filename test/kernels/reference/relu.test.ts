import { describe, expect, it } from 'vitest';
import type { Pair } from '#inkling/core/shape.js';
import { expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

describe('relu', () => {
  it('keeps what is positive, and what is not a number', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const input = builder.perImage('input', [4]);
      builder.add({ op: 'relu', reads: { input }, writes: { output: input } });
      return { input };
    });
    run.set(tensors.input, [1.5, -2, -0, NaN]);
    run.run();
    expect(run.get(tensors.input)).toEqual([1.5, 0, 0, NaN]);
  });

  it.each<[output: Pair, gradient: Pair]>([
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1, 2],
      [2, 1],
    ],
  ])('has the gradients of differences: halos %o and %o', (outputHalo, gradHalo) => {
    expectGradients({ batchSize: 3, count: 2, seed: 3 }, (builder) => {
      const input = builder.perImage('input', [3, 2, 5], { halo: [0, 1] });
      const output = builder.perImage('output', [3, 2, 5], { halo: outputHalo });
      const outputGrad = builder.perImage('outputGrad', [3, 2, 5], { halo: gradHalo });
      const inputGrad = builder.perImage('inputGrad', [3, 2, 5], { halo: gradHalo });
      builder.add({ op: 'relu', reads: { input }, writes: { output } });
      builder.add({ op: 'reluGrad', reads: { output, outputGrad }, writes: { inputGrad } });
      return { output, outputGrad, gradients: [[input, inputGrad]] };
    });
  });
});
