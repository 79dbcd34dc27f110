import { describe, expect, it } from 'vitest';
import type { Pair, Shape } from '#inkling/core/shape.js';
import { windowOutput } from '#inkling/layers/window.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

function pool(builder: PlanBuilder, shape: Shape, kernel: Pair, stride: Pair) {
  const [height, width, channels] = shape;
  const input = builder.perImage('input', shape);
  const outputShape = [...windowOutput([height, width], kernel, stride), channels];
  const output = builder.perImage('output', outputShape, { halo: [1, 2] });
  const outputGrad = builder.perImage('outputGrad', outputShape);
  const inputGrad = builder.perImage('inputGrad', shape, { halo: [2, 1] });
  builder.add({ op: 'maxPool2d', reads: { input }, writes: { output }, kernel, stride });
  builder.add({ op: 'maxPool2dGrad', reads: { input, outputGrad }, writes: { inputGrad }, kernel, stride });
  return { input, output, outputGrad, inputGrad };
}

describe('maxPool2d', () => {
  it('passes the gradient to the first of equal values and ignores pixels under no window', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [3, 4, 1], [2, 2], [2, 2]));
    run.set(tensors.input, [1, 5, -3, -4, 5, 2, -3, -3, 9, 9, 9, 9]);
    run.set(tensors.outputGrad, [10, 20]);
    run.run();
    expect(run.get(tensors.output)).toEqual([5, -3]);
    expect(run.get(tensors.inputGrad)).toEqual([0, 10, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('equals torch.nn.functional.max_pool2d where windows overlap and values are equal', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [5, 4, 2], [3, 2], [1, 2]));
    run.set(tensors.input, (e) => ((e * 7) % 5) - 2);
    run.set(tensors.outputGrad, (e) => e + 1);
    run.run();
    expect(run.get(tensors.output)).toEqual([2, 2, 2, 2, 1, 2, 2, 1, 2, 2, 2, 2]);
    expect(run.get(tensors.inputGrad)).toEqual([
      0, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0, 0, 10, 0, 0, 0, 0, 18, 0, 0, 0, 0, 11, 0, 5, 0, 0, 0, 0, 8, 0, 0, 9, 0,
      0, 0, 0, 12, 0, 0,
    ]);
  });

  it('propagates NaN', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [2, 2, 1], [2, 2], [2, 2]));
    run.set(tensors.input, [1, NaN, 3, 2]);
    run.run();
    expect(run.get(tensors.output)).toEqual([NaN]);
  });

  it.each<{ shape: Shape; kernel: Pair; stride: Pair; batchSize: number; count: number }>([
    { shape: [4, 6, 3], kernel: [2, 2], stride: [2, 2], batchSize: 3, count: 2 },
    { shape: [5, 5, 5], kernel: [3, 2], stride: [2, 1], batchSize: 2, count: 2 },
    { shape: [4, 3, 1], kernel: [2, 3], stride: [1, 1], batchSize: 19, count: 17 },
  ])('gradients match finite differences: %o', ({ shape, kernel, stride, ...batch }) => {
    expectGradients({ ...batch, seed: 4 }, (builder) => {
      const { input, output, outputGrad, inputGrad } = pool(builder, shape, kernel, stride);
      return { output, outputGrad, gradients: [[input, inputGrad]] };
    });
  });
});
