import { describe, expect, it } from 'vitest';
import type { Pair, Shape } from '#inkling/core/shape.js';
import { windowOutput } from '#inkling/layers/shared/window.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

function pool(builder: PlanBuilder, shape: Shape, kernel: Pair, stride: Pair, padding: Pair = [0, 0]) {
  const [height, width, channels] = shape;
  const padded: Pair = [height + 2 * padding[0], width + 2 * padding[1]];
  const input = builder.perImage('input', shape);
  const outputShape = [...windowOutput(padded, kernel, stride), channels];
  const output = builder.perImage('output', outputShape, { halo: [1, 2] });
  const outputGrad = builder.perImage('outputGrad', outputShape);
  const inputGrad = builder.perImage('inputGrad', shape, { halo: [2, 1] });
  const window = { kernel, stride, padding };
  builder.add({ op: 'maxPool2d', reads: { input }, writes: { output }, ...window });
  builder.add({ op: 'maxPool2dGrad', reads: { input, outputGrad }, writes: { inputGrad }, ...window });
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

  it('equals torch.nn.functional.max_pool2d with padding, which is never the maximum', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [5, 6, 2], [3, 2], [2, 2], [1, 1]));
    run.set(tensors.input, (e) => ((e * 7) % 11) - 12);
    run.set(tensors.outputGrad, (e) => e + 1);
    run.run();
    expect(run.get(tensors.output)).toEqual([
      -5, -5, -2, -2, -3, -4, -8, -5, -2, -2, -2, -3, -4, -4, -5, -2, -2, -6, -3, -3, -4, -5, -2, -2,
    ]);
    expect(run.get(tensors.inputGrad)).toEqual([
      0, 2, 0, 4, 0, 0, 5, 0, 0, 6, 7, 0, 1, 0, 14, 0, 0, 12, 0, 0, 13, 0, 0, 8, 0, 10, 0, 0, 0, 0, 0, 14, 0,
      0, 15, 0, 26, 18, 0, 20, 0, 0, 21, 0, 0, 22, 0, 40, 0, 0, 19, 0, 0, 0, 0, 0, 0, 0, 23, 0,
    ]);
  });

  it('propagates NaN', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [2, 2, 1], [2, 2], [2, 2]));
    run.set(tensors.input, [1, NaN, 3, 2]);
    run.run();
    expect(run.get(tensors.output)).toEqual([NaN]);
  });

  it.each<{ shape: Shape; kernel: Pair; stride: Pair; padding?: Pair; batchSize: number; count: number }>([
    { shape: [4, 6, 3], kernel: [2, 2], stride: [2, 2], batchSize: 3, count: 2 },
    { shape: [5, 5, 5], kernel: [3, 2], stride: [2, 1], batchSize: 2, count: 2 },
    { shape: [4, 3, 1], kernel: [2, 3], stride: [1, 1], batchSize: 19, count: 17 },
    { shape: [5, 4, 3], kernel: [3, 3], stride: [2, 2], padding: [1, 1], batchSize: 2, count: 2 },
  ])('gradients match finite differences: %o', ({ shape, kernel, stride, padding, ...batch }) => {
    expectGradients({ ...batch, seed: 4 }, (builder) => {
      const { input, output, outputGrad, inputGrad } = pool(builder, shape, kernel, stride, padding);
      return { output, outputGrad, gradients: [[input, inputGrad]] };
    });
  });
});
