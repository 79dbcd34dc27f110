import { describe, expect, it } from 'vitest';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { TASKS } from '#inkling/plan/plan.js';
import type { Tensor } from '#inkling/plan/tensor.js';
import { runOf } from '../../helpers/referenceRun.js';

// Both sequences are those of torch.optim in float64.
const START = [0.5, -1.25, 2];
const GRADIENTS = [
  [0.1, -2, 0],
  [0.3, 1.5, -0.01],
];

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index], 14);
  });
}

describe('adam', () => {
  it('equals the first two steps of torch.optim.Adam', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const [gradient, parameter, firstMoment, secondMoment] = [
        'gradient',
        'parameter',
        'firstMoment',
        'secondMoment',
      ].map((name) => builder.shared({ name, shape: [3] }));
      const writes = { parameter, firstMoment, secondMoment };
      builder.add({
        op: 'adam',
        rateFactor: 1,
        reads: { gradient },
        writes,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
      });
      return { gradient, ...writes };
    });
    run.set(tensors.parameter, START);
    const values = GRADIENTS.map((gradient, index) => {
      run.set(tensors.gradient, gradient);
      run.run({
        learningRate: 0.01,
        biasCorrection1: 1 - 0.9 ** (index + 1),
        biasCorrection2: 1 - 0.999 ** (index + 1),
      });
      return run.get(tensors.parameter);
    });
    expectClose(values[0], [0.4900000009999999, -1.24000000005, 2]);
    expectClose(values[1], [0.480822190220559, -1.2391067499810002, 2.007441357714632]);
    expectClose(run.get(tensors.firstMoment), [0.039, -0.03, -0.001]);
    expectClose(run.get(tensors.secondMoment), [9.999e-5, 0.006246, 1e-7]);
  });
});

describe('sgd', () => {
  it('equals the first two steps of torch.optim.SGD with momentum', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const [gradient, parameter, velocity] = ['gradient', 'parameter', 'velocity'].map((name) =>
        builder.shared({ name, shape: [3] }),
      );
      builder.add({
        op: 'sgd',
        rateFactor: 1,
        reads: { gradient },
        writes: { parameter, velocity },
        momentum: 0.9,
        nesterov: false,
      });
      return { gradient, parameter, velocity };
    });
    run.set(tensors.parameter, START);
    const values = GRADIENTS.map((gradient) => {
      run.set(tensors.gradient, gradient);
      run.run({ learningRate: 0.1 });
      return run.get(tensors.parameter);
    });
    expectClose(values[0], [0.49, -1.05, 2]);
    expectClose(values[1], [0.451, -1.02, 2.001]);
    expectClose(run.get(tensors.velocity), [0.39, -0.3, -0.01]);
  });
});

/** The parameter after each of two steps of `sgd` with Nesterov momentum, after the operations that `before` adds. */
function nesterovSteps(before?: (builder: PlanBuilder, parameter: Tensor, gradient: Tensor) => void) {
  const { run, tensors } = runOf(1, (builder) => {
    const [gradient, parameter, velocity] = ['gradient', 'parameter', 'velocity'].map((name) =>
      builder.shared({ name, shape: [3] }),
    );
    before?.(builder, parameter, gradient);
    const writes = { parameter, velocity };
    builder.add({ op: 'sgd', rateFactor: 1, reads: { gradient }, writes, momentum: 0.9, nesterov: true });
    return { gradient, parameter };
  });
  run.set(tensors.parameter, START);
  return GRADIENTS.map((gradient) => {
    run.set(tensors.gradient, gradient);
    run.run({ learningRate: 0.1 });
    return run.get(tensors.parameter);
  });
}

describe('sgd with Nesterov momentum', () => {
  it('equals the first two steps of torch.optim.SGD with nesterov=True', () => {
    const values = nesterovSteps();
    expectClose(values[0], [0.481, -0.87, 2]);
    expectClose(values[1], [0.4159, -0.993, 2.0019]);
  });
});

describe('weightPenaltyGrad', () => {
  it('equals weight_decay of torch.optim.SGD', () => {
    const values = nesterovSteps((builder, weight, gradient) => {
      builder.add({ op: 'weightPenaltyGrad', reads: { weight }, writes: { gradient }, decay: 0.1 });
    });
    expectClose(values[0], [0.4715, -0.84625, 1.962]);
    expectClose(values[1], [0.3933915, -0.94304625, 1.910422]);
  });
});

describe('decayWeight', () => {
  it('equals the weight decay of torch.optim.AdamW', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const weight = builder.shared({ name: 'weight', shape: [3] });
      builder.add({ op: 'decayWeight', rateFactor: 1, reads: {}, writes: { weight }, decay: 0.1 });
      return { weight };
    });
    run.set(tensors.weight, START);
    run.run({ learningRate: 0.01 });
    expectClose(run.get(tensors.weight), [0.4995, -1.24875, 1.998]);
  });
});

describe('squareSums and clipGradient', () => {
  const clipped = (maxNorm: number) => {
    const { run, tensors } = runOf(1, (builder) => {
      const gradient = builder.shared({ name: 'gradient', shape: [3] });
      const sums = builder.perTask('sums', [1], 'f64');
      builder.add({ op: 'squareSums', reads: { gradient }, writes: { sums } });
      builder.add({ op: 'clipGradient', reads: { sums }, writes: { gradient }, maxNorm });
      return { gradient };
    });
    run.set(tensors.gradient, [3, -4, 12]);
    run.run();
    return run.get(tensors.gradient);
  };

  it('equal torch.nn.utils.clip_grad_norm_', () => {
    expectClose(clipped(1), [0.23076921301775288, -0.3076922840236705, 0.9230768520710115]);
  });

  it('leave a gradient with a smaller norm unchanged', () => {
    expect(clipped(13.1)).toEqual([3, -4, 12]);
  });
});

describe('movingAverage', () => {
  it('moves by a fraction of the difference', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const [value, average] = ['value', 'average'].map((name) => builder.shared({ name, shape: [3] }));
      builder.add({ op: 'movingAverage', reads: { value }, writes: { average } });
      return { value, average };
    });
    run.set(tensors.value, START);
    run.set(tensors.average, [1, -1.25, 0]);
    run.run({ averageShare: 0.1 });
    expectClose(run.get(tensors.average), [0.95, -1.25, 0.2]);
  });
});

describe('sumPartials', () => {
  it('adds the partial sums of all tasks', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const partials = builder.perTask('partials', [20]);
      const gradient = builder.shared({ name: 'gradient', shape: [4, 5] });
      builder.add({ op: 'sumPartials', reads: { partials }, writes: { gradient } });
      return { partials, gradient };
    });
    run.set(tensors.partials, (index) => index);
    run.run();
    const slots = (TASKS * (TASKS - 1)) / 2;
    expect(run.get(tensors.gradient)).toEqual(Array.from({ length: 20 }, (_, e) => slots * 20 + TASKS * e));
  });
});
