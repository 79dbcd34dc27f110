import { describe, expect, it } from 'vitest';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

function forward(builder: PlanBuilder, inputs: number, outputs: number) {
  const input = builder.perImage('input', [inputs]);
  const weight = builder.shared({ name: 'weight', shape: [inputs, outputs] });
  const bias = builder.shared({ name: 'bias', shape: [outputs] });
  const output = builder.perImage('output', [outputs]);
  builder.add({ op: 'linear', reads: { input, weight, bias }, writes: { output } });
  return { input, weight, bias, output };
}

describe('linear', () => {
  it('multiplies each item by the weight and adds the bias', () => {
    const { run, tensors } = runOf(2, (builder) => forward(builder, 2, 3));
    run.set(tensors.input, [1, 2, 3, 4]);
    run.set(tensors.weight, [1, -1, 0.5, 2, 0, 3]);
    run.set(tensors.bias, [0.5, 1, -1]);
    run.run();
    expect(run.get(tensors.output)).toEqual([5.5, 0, 5.5, 11.5, -2, 12.5]);
  });

  it.each([
    { inputs: 1, outputs: 5, batchSize: 3, count: 3 },
    { inputs: 5, outputs: 3, batchSize: 4, count: 2 },
    { inputs: 3, outputs: 1, batchSize: 20, count: 19 },
  ])('gradients match finite differences: %o', ({ inputs, outputs, ...batch }) => {
    expectGradients({ ...batch, seed: 2 }, (builder) => {
      const { input, weight, bias, output } = forward(builder, inputs, outputs);
      const outputGrad = builder.perImage('outputGrad', output.shape);
      const inputGrad = builder.perImage('inputGrad', input.shape);
      const transposed = builder.shared({ name: 'transposed', shape: [outputs, inputs] });
      const weightGrad = builder.shared({ name: 'weightGrad', shape: weight.shape });
      const biasGrad = builder.shared({ name: 'biasGrad', shape: bias.shape });
      builder.prologue({ op: 'transposeWeight', reads: { weight }, writes: { transposed } });
      builder.add({ op: 'linearInputGrad', reads: { outputGrad, transposed }, writes: { inputGrad } });
      builder.add({
        op: 'linearWeightGrad',
        reads: { input, outputGrad },
        writes: { weightGrad, biasGrad },
      });
      return {
        output,
        outputGrad,
        gradients: [
          [input, inputGrad],
          [weight, weightGrad],
          [bias, biasGrad],
        ],
      };
    });
  });
});
