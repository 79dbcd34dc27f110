import { describe, expect, it } from 'vitest';
import type { Pair } from '#inkling/core/shape.js';
import { dilatedKernel, windowOutput } from '#inkling/layers/shared/window.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { type Differentiable, expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

interface Convolution {
  readonly image: Pair;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
  readonly dilation?: Pair;
  /** The halo of the input, if it is wider than the padding. */
  readonly halo?: Pair;
}

function forward(builder: PlanBuilder, convolution: Convolution) {
  const { image, inputs, outputs, kernel, stride, padding, dilation = [1, 1], halo = padding } = convolution;
  const padded: Pair = [image[0] + 2 * padding[0], image[1] + 2 * padding[1]];
  const input = builder.perImage('input', [...image, inputs], { halo });
  const weight = builder.shared({ name: 'weight', shape: [...kernel, inputs, outputs] });
  const bias = builder.shared({ name: 'bias', shape: [outputs] });
  const shape = [...windowOutput(padded, dilatedKernel(kernel, dilation), stride), outputs];
  const output = builder.perImage('output', shape, { halo: [1, 2] });
  const window = { kernel, stride, padding, dilation };
  builder.add({ op: 'conv2d', reads: { input, weight, bias }, writes: { output }, ...window });
  return { input, weight, bias, output, window };
}

function withGradients(builder: PlanBuilder, convolution: Convolution): Differentiable {
  const { input, weight, bias, output, window } = forward(builder, convolution);
  const outputGrad = builder.perImage('outputGrad', output.shape, { halo: [2, 1] });
  const inputGrad = builder.perImage('inputGrad', input.shape, { halo: [0, 1] });
  const [height, width, inputs, outputs] = weight.shape;
  const transposed = builder.shared({ name: 'transposed', shape: [height, width, outputs, inputs] });
  const weightGrad = builder.shared({ name: 'weightGrad', shape: weight.shape });
  const biasGrad = builder.shared({ name: 'biasGrad', shape: bias.shape });
  const weightPartials = builder.perTask('weightPartials', weight.shape);
  const biasPartials = builder.perTask('biasPartials', bias.shape);
  builder.prologue({ op: 'transposeWeight', reads: { weight }, writes: { transposed } });
  builder.add({
    op: 'conv2dInputGrad',
    reads: { outputGrad, transposed },
    writes: { inputGrad },
    ...window,
  });
  builder.add({
    op: 'conv2dWeightGrad',
    reads: { input, outputGrad },
    writes: { weightPartials, biasPartials },
    ...window,
  });
  builder.add({ op: 'sumPartials', reads: { partials: weightPartials }, writes: { gradient: weightGrad } });
  builder.add({ op: 'sumPartials', reads: { partials: biasPartials }, writes: { gradient: biasGrad } });
  return {
    output,
    outputGrad,
    gradients: [
      [input, inputGrad],
      [weight, weightGrad],
      [bias, biasGrad],
    ],
  };
}

describe('conv2d', () => {
  it('with a 1×1 kernel is a weighted sum of the channels', () => {
    const { run, tensors } = runOf(2, (builder) =>
      forward(builder, {
        image: [1, 2],
        inputs: 2,
        outputs: 1,
        kernel: [1, 1],
        stride: [1, 1],
        padding: [0, 0],
      }),
    );
    run.set(tensors.input, [1, 2, 3, 4, 5, 6, 7, 8]);
    run.set(tensors.weight, [10, -1]);
    run.set(tensors.bias, [0.5]);
    run.run();
    expect(run.get(tensors.output)).toEqual([8.5, 26.5, 44.5, 62.5]);
  });

  it('equals torch.nn.functional.conv2d with strides, padding and an uneven kernel', () => {
    const { run, tensors } = runOf(2, (builder) =>
      forward(builder, {
        image: [3, 4],
        inputs: 2,
        outputs: 3,
        kernel: [2, 3],
        stride: [2, 1],
        padding: [1, 2],
      }),
    );
    run.set(tensors.input, (e) => ((e * 7) % 11) - 5);
    run.set(tensors.weight, (e) => ((e * 5) % 7) - 3);
    run.set(tensors.bias, [10, 20, 30]);
    run.run();
    expect(run.get(tensors.output)).toEqual([
      12, 28, 9, 23, -2, 8, -15, -1, 55, -10, 32, 39, 14, 27, 33, 22, 24, 26, 16, 26, 15, 1, 10, 61, -3, 44,
      21, 37, 8, -14, 23, -19, 37, -28, 32, 36, 15, 19, 9, 6, 0, 50, -10, 32, 39, 17, 32, 12, 27, 3, 28, -11,
      22, 34, -5, 25, 55, 12, 38, 15, 37, 8, -14, 33, -17, 17, -26, 12, 50, -10, 34, 36,
    ]);
  });

  it('equals torch.nn.functional.conv2d with dilation', () => {
    const { run, tensors } = runOf(1, (builder) =>
      forward(builder, {
        image: [5, 4],
        inputs: 2,
        outputs: 2,
        kernel: [3, 2],
        stride: [1, 2],
        padding: [1, 2],
        dilation: [2, 3],
      }),
    );
    run.set(tensors.input, (e) => ((e * 7) % 11) - 5);
    run.set(tensors.weight, (e) => ((e * 5) % 7) - 3);
    run.set(tensors.bias, [10, 20]);
    run.run();
    expect(run.get(tensors.output)).toEqual([
      17, 8, 23, 47, 18, 6, 5, -11, 8, 37, 18, 16, 22, 27, 9, 33, 12, 28,
    ]);
  });

  it('works without a bias', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const input = builder.perImage('input', [1, 2, 1]);
      const weight = builder.shared({ name: 'weight', shape: [1, 1, 1, 2] });
      const output = builder.perImage('output', [1, 2, 2]);
      builder.add({
        op: 'conv2d',
        reads: { input, weight },
        writes: { output },
        kernel: [1, 1],
        stride: [1, 1],
        padding: [0, 0],
        dilation: [1, 1],
      });
      return { input, weight, output };
    });
    run.set(tensors.input, [2, 3]);
    run.set(tensors.weight, [5, -7]);
    run.run();
    expect(run.get(tensors.output)).toEqual([10, -14, 15, -21]);
  });

  it.each<[Convolution, batchSize: number, count: number]>([
    [{ image: [4, 5], inputs: 1, outputs: 3, kernel: [3, 3], stride: [1, 1], padding: [0, 0] }, 4, 3],
    [{ image: [5, 4], inputs: 3, outputs: 5, kernel: [2, 3], stride: [2, 1], padding: [1, 0] }, 2, 2],
    [{ image: [6, 5], inputs: 3, outputs: 1, kernel: [3, 2], stride: [2, 2], padding: [2, 1] }, 3, 2],
    [{ image: [3, 3], inputs: 5, outputs: 3, kernel: [1, 1], stride: [1, 2], padding: [0, 2] }, 1, 1],
    [
      {
        image: [5, 6],
        inputs: 2,
        outputs: 3,
        kernel: [2, 3],
        stride: [2, 1],
        padding: [1, 2],
        dilation: [3, 2],
      },
      3,
      2,
    ],
    [{ image: [2, 3], inputs: 1, outputs: 1, kernel: [3, 3], stride: [1, 1], padding: [1, 1] }, 21, 18],
    [
      { image: [4, 3], inputs: 2, outputs: 3, kernel: [2, 3], stride: [2, 1], padding: [0, 1], halo: [2, 2] },
      3,
      2,
    ],
  ])('gradients match finite differences: %o, batch %i, count %i', (convolution, batchSize, count) => {
    expectGradients({ batchSize, count, seed: 1 }, (builder) => withGradients(builder, convolution));
  });
});
