import { describe, expect, it } from 'vitest';
import type { Pair, Shape } from '#inkling/core/shape.js';
import { windowOutput } from '#inkling/layers/shared/window.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

function pool(builder: PlanBuilder, shape: Shape, kernel: Pair, stride: Pair, divisor: Pair = [1, 1]) {
  const [height, width, channels] = shape;
  const input = builder.perImage('input', shape, { halo: [1, 0] });
  const size: Pair = [height * divisor[0], width * divisor[1]];
  const outputShape = [...windowOutput(size, kernel, stride), channels];
  const window = { kernel, stride, divisor };
  const output = builder.perImage('output', outputShape, { halo: [1, 2] });
  const outputGrad = builder.perImage('outputGrad', outputShape);
  const inputGrad = builder.perImage('inputGrad', shape, { halo: [2, 1] });
  builder.add({ op: 'avgPool2d', reads: { input }, writes: { output }, ...window });
  builder.add({ op: 'avgPool2dGrad', reads: { outputGrad }, writes: { inputGrad }, ...window });
  return { input, output, outputGrad, inputGrad };
}

const sixths = (values: readonly number[]) => values.map((value) => Math.round(6e9 * value) / 1e9);

describe('avgPool2d', () => {
  it('distributes the gradient evenly and ignores pixels under no window', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [2, 3, 1], [2, 2], [2, 2]));
    run.set(tensors.input, [1, 2, 100, 4, 9, 100]);
    run.set(tensors.outputGrad, [8]);
    run.run();
    expect(run.get(tensors.output)).toEqual([4]);
    expect(run.get(tensors.inputGrad)).toEqual([2, 2, 0, 2, 2, 0]);
  });

  it('equals torch.nn.functional.avg_pool2d where windows overlap', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [5, 4, 2], [3, 2], [1, 2]));
    run.set(tensors.input, (e) => ((e * 7) % 5) - 2);
    run.set(tensors.outputGrad, (e) => e + 1);
    run.run();
    expect(sixths(run.get(tensors.output))).toEqual([-4, 3, 4, -4, -3, 4, 0, -3, 3, 0, -4, 3]);
    expect(sixths(run.get(tensors.inputGrad))).toEqual([
      1, 2, 1, 2, 3, 4, 3, 4, 6, 8, 6, 8, 10, 12, 10, 12, 15, 18, 15, 18, 21, 24, 21, 24, 14, 16, 14, 16, 18,
      20, 18, 20, 9, 10, 9, 10, 11, 12, 11, 12,
    ]);
  });

  it('equals torch.nn.functional.adaptive_avg_pool2d where windows overlap', () => {
    const { run, tensors } = runOf(1, (builder) => pool(builder, [5, 7, 2], [5, 7], [5, 7], [2, 3]));
    run.set(tensors.input, (e) => ((e * 7) % 5) - 2);
    run.set(tensors.outputGrad, (e) => e + 1);
    run.run();
    const ninths = (values: readonly number[]) => values.map((value) => Math.round(9e9 * value) / 1e9);
    expect(ninths(run.get(tensors.output))).toEqual([0, -2, 2, 0, -1, 2, -1, 2, 1, -1, -2, 1]);
    expect(ninths(run.get(tensors.inputGrad))).toEqual([
      1, 2, 1, 2, 4, 6, 3, 4, 8, 10, 5, 6, 5, 6, 1, 2, 1, 2, 4, 6, 3, 4, 8, 10, 5, 6, 5, 6, 8, 10, 8, 10, 20,
      24, 12, 14, 28, 32, 16, 18, 16, 18, 7, 8, 7, 8, 16, 18, 9, 10, 20, 22, 11, 12, 11, 12, 7, 8, 7, 8, 16,
      18, 9, 10, 20, 22, 11, 12, 11, 12,
    ]);
  });

  it.each<{ shape: Shape; kernel: Pair; stride: Pair; divisor?: Pair; batchSize: number; count: number }>([
    { shape: [4, 6, 3], kernel: [2, 2], stride: [2, 2], batchSize: 3, count: 2 },
    { shape: [5, 5, 5], kernel: [3, 2], stride: [2, 1], batchSize: 2, count: 2 },
    { shape: [4, 3, 1], kernel: [4, 3], stride: [4, 3], batchSize: 19, count: 17 },
    { shape: [5, 3, 2], kernel: [5, 3], stride: [5, 3], divisor: [3, 4], batchSize: 2, count: 2 },
  ])('gradients match finite differences: %o', ({ shape, kernel, stride, divisor, ...batch }) => {
    expectGradients({ ...batch, seed: 4 }, (builder) => {
      const { input, output, outputGrad, inputGrad } = pool(builder, shape, kernel, stride, divisor);
      return { output, outputGrad, gradients: [[input, inputGrad]] };
    });
  });
});
