import { describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import type { PlanBuilder } from '#inkling/plan/builder.js';
import { MAX_STEPS } from '#inkling/plan/steps.js';
import { expectSlopes } from '../../helpers/gradients.js';
import { runOf } from '../../helpers/referenceRun.js';

// Targets 2, 1, 0; losses, gradients and probabilities below are torch.nn.functional's, in float64.
const LOGITS = [1, 2, 3, 0.5, -0.5, 0, 2, 2, -1];
const TARGETS = [2, 1, 0];
const LOSSES = [0.4076059644443804, 1.6802696706417346, 0.7177359186667026];

function loss(builder: PlanBuilder, classes: number) {
  const logits = builder.perImage('logits', [classes]);
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  const logitsGrad = builder.perImage('logitsGrad', [classes]);
  const totals = builder.perTask('totals', [2], 'f64');
  const results = builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
  builder.add({ op: 'crossEntropy', reads: { logits, targets }, writes: { logitsGrad, totals } });
  builder.add({ op: 'lossTotal', reads: { totals }, writes: { results } });
  return { logits, targets, logitsGrad, results };
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index], 13);
  });
}

describe('crossEntropy', () => {
  it('matches PyTorch’s loss, correct predictions and gradient; of equal logits the first is predicted', () => {
    const { run, tensors } = runOf(4, (builder) => loss(builder, 3));
    run.set(tensors.logits, [...LOGITS, NaN, NaN, NaN]);
    run.set(tensors.targets, [...TARGETS, 0]);
    run.run({ count: 3 });
    expectClose(run.get(tensors.results).slice(0, 2), [0.9352038512509392, 2]);
    expectClose(
      run.get(tensors.logitsGrad, 3),
      [
        0.030010191056793478, 0.08157615701826587, -0.1115863480750594, 0.16882679701855133,
        -0.27122542559138413, 0.10239862857283279, -0.1707148162798772, 0.16261851705345612,
        0.008096299226421069,
      ],
    );
  });

  it('gradients match finite differences', () => {
    const { run, tensors } = runOf(20, (builder) => loss(builder, 5));
    const random = new Random(6);
    run.set(tensors.logits, () => random.uniform(-3, 3));
    run.set(tensors.targets, () => random.uint32() % 5);
    const meanLoss = () => {
      run.run({ count: 18 });
      return run.get(tensors.results)[0];
    };
    meanLoss();
    expectSlopes(run, tensors.logits, 18, run.get(tensors.logitsGrad, 18), meanLoss);
  });
});

/** Adds `softCrossEntropy` on three images of three classes. */
function softLoss(builder: PlanBuilder, smoothing: number, classes = 3) {
  const logits = builder.perImage('logits', [classes]);
  const targets = builder.perImage('targets', [], { dtype: 'i32' });
  const partners = builder.perImage('partners', [], { dtype: 'i32' });
  const partnerShares = builder.perImage('partnerShares', []);
  const classWeights = builder.shared({ name: 'classWeights', shape: [classes] });
  const weightSums = builder.perTask('weightSums', [], 'f64');
  const logitsGrad = builder.perImage('logitsGrad', [classes]);
  const totals = builder.perTask('totals', [2], 'f64');
  const results = builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
  const reads = { targets, partners, partnerShares, classWeights };
  const writes = { logitsGrad, totals };
  builder.add({ op: 'sumTargetWeights', reads, writes: { weightSums } });
  builder.add({ op: 'softCrossEntropy', reads: { ...reads, logits, weightSums }, writes, smoothing });
  builder.add({ op: 'lossTotal', reads: { totals }, writes: { results } });
  return { ...reads, logits, logitsGrad, results };
}

describe('softCrossEntropy', () => {
  const given = (smoothing: number, weights: number[], shares = [0, 0, 0], partners = [0, 0, 0]) => {
    const { run, tensors } = runOf(3, (builder) => softLoss(builder, smoothing));
    run.set(tensors.logits, LOGITS);
    run.set(tensors.targets, TARGETS);
    run.set(tensors.partners, partners);
    run.set(tensors.partnerShares, shares);
    run.set(tensors.classWeights, weights);
    run.run();
    const [loss, correct] = run.get(tensors.results);
    return { loss, correct, gradient: run.get(tensors.logitsGrad) };
  };
  /** `-log softmax` for each image and class. */
  const costs = [0, 1, 2].map((item) => {
    const row = LOGITS.slice(3 * item, 3 * item + 3);
    const sum = Math.log(row.reduce((total, logit) => total + Math.exp(logit), 0));
    return row.map((logit) => sum - logit);
  });
  const weights = [0.5, 2, 3];

  it('equals crossEntropy without smoothing, weights and partners', () => {
    const { run, tensors } = runOf(3, (builder) => loss(builder, 3));
    run.set(tensors.logits, LOGITS);
    run.set(tensors.targets, TARGETS);
    run.run();
    const soft = given(0, [1, 1, 1]);
    expectClose([soft.loss, soft.correct], run.get(tensors.results).slice(0, 2));
    expectClose(soft.gradient, run.get(tensors.logitsGrad));
  });

  it('smooths labels like PyTorch: a fraction of each target is distributed over all classes', () => {
    const expected = costs.map(
      (row, item) => 0.9 * row[TARGETS[item]] + (0.1 / 3) * row.reduce((sum, cost) => sum + cost, 0),
    );
    expectClose([given(0.1, [1, 1, 1]).loss], [expected.reduce((sum, cost) => sum + cost, 0) / 3]);
  });

  it('applies class weights like PyTorch: the mean divides by the sum of the targets’ weights', () => {
    const weighted = costs.map((row, item) => weights[TARGETS[item]] * row[TARGETS[item]]);
    expectClose([given(0, weights).loss], [weighted.reduce((sum, cost) => sum + cost, 0) / 5.5]);
    const smoothed = costs.map(
      (row, item) =>
        0.8 * weights[TARGETS[item]] * row[TARGETS[item]] +
        (0.2 / 3) * row.reduce((sum, cost, c) => sum + weights[c] * cost, 0),
    );
    expectClose([given(0.2, weights).loss], [smoothed.reduce((sum, cost) => sum + cost, 0) / 5.5]);
  });

  it('weights both classes of a mixed image by their shares, in the loss and in the number of correct predictions', () => {
    const { loss: mixed, correct } = given(0, [1, 1, 1], [0.25, 0.5, 1], [1, 2, 1]);
    const expected = 0.75 * costs[0][2] + 0.25 * costs[0][1] + (costs[1][1] + costs[1][2]) / 2 + costs[2][1];
    expectClose([mixed], [expected / 3]);
    // The predicted classes are 2, 0 and 0.
    expectClose([correct], [0.75]);
  });

  it('gradients match finite differences', () => {
    const { run, tensors } = runOf(20, (builder) => softLoss(builder, 0.3, 5));
    const random = new Random(8);
    run.set(tensors.logits, () => random.uniform(-3, 3));
    run.set(tensors.targets, () => random.uint32() % 5);
    run.set(tensors.partners, () => random.uint32() % 5);
    run.set(tensors.partnerShares, () => random.uniform(0, 1));
    run.set(tensors.classWeights, () => random.uniform(0.5, 2));
    const meanLoss = () => {
      run.run({ count: 18 });
      return run.get(tensors.results)[0];
    };
    meanLoss();
    expectSlopes(run, tensors.logits, 18, run.get(tensors.logitsGrad, 18), meanLoss);
  });
});

describe('score', () => {
  it('stores the loss, the prediction, and the logits of an image at its position in the order', () => {
    const { run, tensors } = runOf(3, (builder) => {
      const logits = builder.perImage('logits', [3]);
      const targets = builder.perImage('targets', [], { dtype: 'i32' });
      const losses = builder.shared({ name: 'losses', shape: [6] });
      const predictions = builder.shared({ name: 'predictions', dtype: 'i32', shape: [6] });
      const outputs = builder.shared({ name: 'outputs', shape: [18] });
      builder.add({ op: 'score', reads: { logits, targets }, writes: { losses, predictions, outputs } });
      return { logits, targets, losses, predictions, outputs };
    });
    run.set(tensors.logits, LOGITS);
    run.set(tensors.targets, TARGETS);
    run.set(tensors.losses, () => -1);
    run.set(tensors.predictions, () => -1);
    run.run({ first: 2 });
    expectClose(run.get(tensors.losses), [-1, -1, ...LOSSES, -1]);
    expect(run.get(tensors.predictions)).toEqual([-1, -1, 2, 0, 0, -1]);
    const none = [0, 0, 0];
    expectClose(run.get(tensors.outputs), [...none, ...none, ...LOGITS, ...none]);
  });
});

describe('softmax', () => {
  it('returns probabilities even for logits whose exponential overflows', () => {
    const { run, tensors } = runOf(2, (builder) => {
      const logits = builder.perImage('logits', [3]);
      const probabilities = builder.perImage('probabilities', [3]);
      builder.add({ op: 'softmax', reads: { logits }, writes: { probabilities } });
      return { logits, probabilities };
    });
    run.set(tensors.logits, [1, 2, 3, 1000, 1000, 0]);
    run.run();
    const expected = [0.09003057317038045, 0.2447284710547976, 0.6652409557748218, 0.5, 0.5, 0];
    expectClose(run.get(tensors.probabilities), expected);
  });
});
