import { describe, expect, it } from 'vitest';
import type { Shape } from '#inkling/core/shape.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { type Differentiable, expectGradients } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

const EPSILON = 1e-5;

function statistics(builder: PlanBuilder, shape: Shape) {
  const [height, width, channels] = shape;
  const channel = (name: string) => builder.shared({ name, shape: [channels] });
  const [gamma, beta, runningMean, runningVariance] = ['gamma', 'beta', 'mean', 'variance'].map(channel);
  const [mean, inverseDeviation, scale, shift] = ['mean', 'inverseDeviation', 'scale', 'shift'].map(channel);
  const input = builder.perImage('input', shape, { halo: [1, 1] });
  const output = builder.perImage('output', shape, { halo: [0, 2] });
  const sums = builder.perTask('sums', [2, channels], 'f64');
  builder.add({ op: 'channelSums', reads: { input }, writes: { sums } });
  builder.add({
    op: 'batchNormStatistics',
    reads: { sums, gamma, beta },
    writes: { mean, inverseDeviation, scale, shift, runningMean, runningVariance },
    epsilon: EPSILON,
    momentum: 0.1,
    positions: height * width,
  });
  builder.add({ op: 'scaleShift', reads: { input, scale, shift }, writes: { output } });
  return { input, output, gamma, beta, mean, inverseDeviation, runningMean, runningVariance };
}

function withGradients(builder: PlanBuilder, shape: Shape): Differentiable {
  const { input, output, gamma, beta, mean, inverseDeviation } = statistics(builder, shape);
  const [height, width, channels] = shape;
  const [gammaGrad, betaGrad] = ['gammaGrad', 'betaGrad'].map((name) =>
    builder.shared({ name, shape: [channels] }),
  );
  const outputGrad = builder.perImage('outputGrad', shape, { halo: [2, 1] });
  const inputGrad = builder.perImage('inputGrad', shape, { halo: [1, 0] });
  const sums = builder.perTask('gradSums', [2, channels], 'f64');
  const coefficients = builder.shared({ name: 'coefficients', shape: [3, channels] });
  builder.add({ op: 'batchNormGradSums', reads: { input, outputGrad, mean }, writes: { sums } });
  builder.add({
    op: 'batchNormGradStatistics',
    reads: { sums, gamma, mean, inverseDeviation },
    writes: { gammaGrad, betaGrad, coefficients },
    positions: height * width,
  });
  builder.add({
    op: 'batchNormInputGrad',
    reads: { input, outputGrad, coefficients },
    writes: { inputGrad },
  });
  return {
    output,
    outputGrad,
    gradients: [
      [input, inputGrad],
      [gamma, gammaGrad],
      [beta, betaGrad],
    ],
  };
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index], 13);
  });
}

// Three images of 2×1 pixels and two channels; outputs and statistics below are torch.nn.BatchNorm2d's, in float64.
const IMAGES = [1, 10, 2, 20, 4, -5, 7, 0.5, 3, 3, -2, 8];
const GAMMA = [1.5, -0.5];
const BETA = [0.25, 1];

describe('batchNorm2d', () => {
  it('matches PyTorch’s output and running statistics, using only the images of the batch', () => {
    const { run, tensors } = runOf(4, (builder) => statistics(builder, [2, 1, 2]));
    run.set(tensors.gamma, GAMMA);
    run.set(tensors.beta, BETA);
    run.set(tensors.runningVariance, [1, 1]);
    run.set(tensors.input, [...IMAGES, NaN, NaN, NaN, NaN]);
    run.run({ count: 3 });
    expectClose(
      run.get(tensors.output, 3),
      [
        -0.5670566303844036, 0.7526863989400844, -0.022352210128134598, 0.12124741751051277,
        1.0670566303844033, 1.6998448710844418, 2.70116989115321, 1.3525534312981775, 0.5223522101281344,
        1.1946936859407846, -2.2011698911532105, 0.8789741952259987,
      ],
    );
    expectClose(run.get(tensors.runningMean), [0.25, 0.6083333333333334]);
    expectClose(run.get(tensors.runningVariance), [1.81, 8.424166666666666]);

    run.set(tensors.input, [...IMAGES.map((value) => 2 * value + 1), NaN, NaN, NaN, NaN]);
    run.run({ count: 3 });
    expectClose(run.get(tensors.runningMean), [0.825, 1.8641666666666667]);
    expectClose(run.get(tensors.runningVariance), [5.269, 37.678416666666664]);
  });

  it('uses the running statistics in evaluation', () => {
    const { run, tensors } = runOf(3, (builder) => {
      const channel = (name: string) => builder.shared({ name, shape: [2] });
      const [gamma, beta, runningMean, runningVariance] = ['gamma', 'beta', 'mean', 'variance'].map(channel);
      const [scale, shift] = ['scale', 'shift'].map(channel);
      const input = builder.perImage('input', [2, 1, 2]);
      const output = builder.perImage('output', [2, 1, 2], { halo: [1, 1] });
      builder.prologue({
        op: 'batchNormRunning',
        reads: { gamma, beta, runningMean, runningVariance },
        writes: { scale, shift },
        epsilon: EPSILON,
      });
      builder.add({ op: 'scaleShift', reads: { input, scale, shift }, writes: { output } });
      return { input, output, gamma, beta, runningMean, runningVariance };
    });
    run.set(tensors.gamma, GAMMA);
    run.set(tensors.beta, BETA);
    run.set(tensors.runningMean, [0.825, 1.8641666666666667]);
    run.set(tensors.runningVariance, [5.269, 37.678416666666664]);
    run.set(tensors.input, IMAGES);
    run.run();
    expectClose(
      run.get(tensors.output),
      [
        0.3643575378577891, 0.33728672868671206, 1.0178291827594415, -0.4772742931057139, 2.324772472562746,
        1.559128261375351, 4.285187407267703, 1.1111196993895167, 1.671300827661094, 0.9074794439414102,
        -1.5960573968471679, 0.5001989330451972,
      ],
    );
  });

  it('uses a variance of 0 for a single value', () => {
    const { run, tensors } = runOf(1, (builder) => statistics(builder, [1, 1, 1]));
    run.set(tensors.runningVariance, [1]);
    run.set(tensors.input, [3]);
    run.run();
    expectClose(run.get(tensors.runningVariance), [0.9]);
  });

  it.each<{ shape: Shape; batchSize: number; count: number }>([
    { shape: [2, 3, 1], batchSize: 3, count: 3 },
    { shape: [3, 2, 3], batchSize: 4, count: 2 },
    { shape: [1, 2, 5], batchSize: 20, count: 18 },
  ])('gradients match finite differences: %o', ({ shape, ...batch }) => {
    expectGradients({ ...batch, seed: 7 }, (builder) => withGradients(builder, shape));
  });
});
