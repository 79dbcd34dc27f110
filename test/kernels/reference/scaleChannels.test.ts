import { expect, it } from 'vitest';
import type { Shape } from '#inkling/core/shape.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

function scale(builder: PlanBuilder, shape: Shape) {
  const factorsShape = [1, 1, shape[2]];
  const input = builder.perImage('input', shape, { halo: [1, 0] });
  const factors = builder.perImage('factors', factorsShape, { halo: [0, 1] });
  const output = builder.perImage('output', shape, { halo: [2, 1] });
  const outputGrad = builder.perImage('outputGrad', shape);
  const inputGrad = builder.perImage('inputGrad', shape);
  const factorsGrad = builder.perImage('factorsGrad', factorsShape, { halo: [1, 1] });
  builder.add({ op: 'scaleChannels', reads: { input, factors }, writes: { output } });
  builder.add({ op: 'scaleChannels', reads: { input: outputGrad, factors }, writes: { output: inputGrad } });
  builder.add({ op: 'scaleChannelsGrad', reads: { input, outputGrad }, writes: { factorsGrad } });
  return { input, factors, output, outputGrad, inputGrad, factorsGrad };
}

it('equals PyTorch’s product of an image and an image of one pixel, and its gradients', () => {
  const { run, tensors } = runOf(1, (builder) => scale(builder, [2, 3, 2]));
  run.set(tensors.input, (e) => ((e * 5) % 7) - 3);
  run.set(tensors.factors, [0.5, -2]);
  run.set(tensors.outputGrad, (e) => e + 1);
  run.run();
  expect(run.get(tensors.output)).toEqual([-1.5, -4, 0, 4, 1.5, -2, -0.5, 6, 1, -0, -1, -6]);
  expect(run.get(tensors.inputGrad)).toEqual([0.5, -4, 1.5, -8, 2.5, -12, 3.5, -16, 4.5, -20, 5.5, -24]);
  expect(run.get(tensors.factorsGrad)).toEqual([1, 14]);
});

it('gradients match finite differences', () => {
  expectGradients({ batchSize: 19, count: 17, seed: 6 }, (builder) => {
    const { input, factors, output, outputGrad, inputGrad, factorsGrad } = scale(builder, [3, 2, 5]);
    return {
      output,
      outputGrad,
      gradients: [
        [input, inputGrad],
        [factors, factorsGrad],
      ],
    };
  });
});
