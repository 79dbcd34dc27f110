import { expect } from 'vitest';
import { Random } from '#inkling/core/random.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { interiorOf, type ReferenceRun, runOf } from './referenceRun.js';

/** Small enough for a smooth function to be nearly linear, large enough for the precision of float64. */
const DIFFERENCE = 1e-5;
const TOLERANCE = 1e-7;

/** The operations under test. */
export interface Differentiable {
  readonly output: Tensor;
  readonly outputGrad: Tensor;
  /** Each input of the forward operations, with the tensor that its gradient is written to. */
  readonly gradients: readonly (readonly [input: Tensor, gradient: Tensor])[];
}

/**
 * Runs the operations that `build` adds on random numbers and checks every gradient against central differences of a randomly
 * weighted sum of the output's first `count` items.
 */
export function expectGradients(
  { batchSize, count, seed }: { batchSize: number; count: number; seed: number },
  build: (builder: PlanBuilder) => Differentiable,
): void {
  const random = new Random(seed);
  const { run, tensors } = runOf(batchSize, build);
  const { output, outputGrad, gradients } = tensors;
  run.forget();
  for (const tensor of [outputGrad, ...gradients.map(([input]) => input)]) {
    run.set(tensor, () => random.uniform(-1, 1));
  }
  const seeds = run.get(outputGrad, count);
  const loss = () => {
    run.run({ count });
    return run.get(output, count).reduce((sum, value, index) => sum + value * seeds[index], 0);
  };

  loss();
  const computed = gradients.map(([, gradient]) => run.get(gradient, itemsOf(gradient, count)));
  gradients.forEach(([input], index) => {
    expectSlopes(run, input, itemsOf(input, count), computed[index], loss);
  });
}

function itemsOf(tensor: Tensor, count: number): number {
  return tensor.per === 'image' ? count : tensor.count;
}

/** Checks each element of a gradient against central differences of `loss`. */
export function expectSlopes(
  run: ReferenceRun,
  input: Tensor,
  items: number,
  gradient: readonly number[],
  loss: () => number,
): void {
  const array = run.array(input);
  const indices = interiorOf(input, 0, items);
  expect(gradient, input.name).toHaveLength(indices.length);
  indices.forEach((position, index) => {
    const value = array[position];
    array[position] = value + DIFFERENCE;
    const above = loss();
    array[position] = value - DIFFERENCE;
    const below = loss();
    array[position] = value;
    const slope = (above - below) / (2 * DIFFERENCE);
    const difference = Math.abs(gradient[index] - slope) / Math.max(1, Math.abs(slope));
    const what = `gradient of ${input.name}[${index}]: ${gradient[index]}, finite difference ${slope}`;
    expect(difference, what).toBeLessThan(TOLERANCE);
  });
}
