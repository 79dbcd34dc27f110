import { describe, expect, it } from 'vitest';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { type Op, PARTITION } from '#inkling/plan/ops.js';
import { divideIntoStages, taskRange, TASKS, tensorsOf } from '#inkling/plan/plan.js';
import type { Tensor } from '#inkling/plan/tensor.js';

const builder = new PlanBuilder(new Arena(false), 4);
const image = (name: string) => builder.perImage(name, [2, 2, 3]);
const relu = (input: Tensor, output: Tensor): Op => ({
  op: 'relu',
  reads: { input },
  writes: { output },
  maximum: Infinity,
});
const sums = (partials: Tensor, gradient: Tensor): Op => ({
  op: 'sumPartials',
  reads: { partials },
  writes: { gradient },
});
const channelSums = (input: Tensor, to: Tensor): Op => ({
  op: 'channelSums',
  reads: { input },
  writes: { sums: to },
});
const lossTotal = (totals: Tensor, results: Tensor): Op => ({
  op: 'lossTotal',
  reads: { totals },
  writes: { results },
});
const namesOf = (ops: readonly Op[]) => divideIntoStages(ops).map((stage) => stage.ops.map(({ op }) => op));

describe('divideIntoStages', () => {
  it('returns no stages for no operations', () => {
    expect(divideIntoStages([])).toEqual([]);
  });

  it('puts consecutive operations on items into one stage, because a task touches its own items only', () => {
    const [a, b, c] = ['a', 'b', 'c'].map(image);
    const ops = [relu(a, b), relu(b, b), relu(b, c), relu(a, b)];
    expect(divideIntoStages(ops)).toEqual([{ partition: 'items', ops, writesOnlyImages: true }]);
  });

  it('knows stages in which tasks without images have nothing to do: a partial sum of no images is zero', () => {
    const [a, b] = ['a', 'b'].map(image);
    const partials = builder.perTask('partials', [8]);
    const gradient = builder.shared({ name: 'gradient', shape: [8] });
    const ops = [relu(a, b), sums(partials, gradient), relu(a, b), channelSums(b, partials)];
    const stages = divideIntoStages(ops);
    expect(stages.map(({ writesOnlyImages }) => writesOnlyImages)).toEqual([true, false, false]);
  });

  it('starts a stage where the work is divided differently, and preserves the order', () => {
    const [a, b] = ['a', 'b'].map(image);
    const partials = builder.perTask('partials', [8]);
    const totals = builder.perTask('totals', [2], 'f64');
    const gradient = builder.shared({ name: 'gradient', shape: [8] });
    const results = builder.shared({ name: 'results', dtype: 'f64', shape: [64, 2] });
    const ops = [relu(a, b), sums(partials, gradient), relu(a, b), lossTotal(totals, results), relu(b, a)];
    const stages = divideIntoStages(ops);
    expect(stages.flatMap((stage) => stage.ops)).toEqual(ops);
    expect(stages.map(({ partition }) => partition)).toEqual([
      'items',
      'elements',
      'items',
      'whole',
      'items',
    ]);
  });

  it('starts a stage where an operation reads what tasks of an earlier one write', () => {
    const [first, second] = ['first', 'second'].map((name) => builder.perTask(name, [8]));
    const [gradient, other] = ['g', 'o'].map((name) => builder.shared({ name, shape: [8] }));
    expect(namesOf([sums(first, gradient), sums(second, other)])).toEqual([['sumPartials', 'sumPartials']]);
    expect(namesOf([sums(first, gradient), sums(gradient, other)])).toEqual([
      ['sumPartials'],
      ['sumPartials'],
    ]);
    expect(namesOf([sums(first, gradient), sums(second, gradient)])).toEqual([
      ['sumPartials'],
      ['sumPartials'],
    ]);
  });

  it('starts a stage where an operation writes what tasks of an earlier one read', () => {
    const [first, second] = ['first', 'second'].map((name) => builder.perTask(name, [8]));
    const [gradient, other] = ['g', 'o'].map((name) => builder.shared({ name, shape: [8] }));
    expect(namesOf([sums(gradient, other), sums(first, gradient)])).toEqual([
      ['sumPartials'],
      ['sumPartials'],
    ]);
    const part = { ...gradient, name: 'part', shape: [2] };
    expect(namesOf([sums(gradient, other), sums(second, part)])).toEqual([['sumPartials'], ['sumPartials']]);
  });

  it('starts a stage where operations on items share a tensor without items', () => {
    const [a, b] = ['a', 'b'].map(image);
    const perTask = builder.perTask('sums', [2, 3], 'f64');
    const asItems = { ...a, offset: perTask.offset };
    expect(namesOf([channelSums(a, perTask), relu(a, b)])).toEqual([['channelSums', 'relu']]);
    expect(namesOf([channelSums(a, perTask), relu(asItems, b)])).toEqual([['channelSums'], ['relu']]);
    expect(namesOf([relu(asItems, b), channelSums(a, perTask)])).toEqual([['relu'], ['channelSums']]);
  });

  it('puts consecutive undivided operations into one stage, regardless of the tensors they access', () => {
    const totals = builder.perTask('totals', [2], 'f64');
    const results = builder.shared({ name: 'results', dtype: 'f64', shape: [64, 2] });
    expect(namesOf([lossTotal(totals, results), lossTotal(results, totals)])).toEqual([
      ['lossTotal', 'lossTotal'],
    ]);
  });

  it('considers all operations of a stage, not only the last one', () => {
    const [first, second] = ['first', 'second'].map((name) => builder.perTask(name, [8]));
    const [g, h, i] = ['g', 'h', 'i'].map((name) => builder.shared({ name, shape: [8] }));
    expect(namesOf([sums(first, g), sums(second, h), sums(g, i)])).toEqual([
      ['sumPartials', 'sumPartials'],
      ['sumPartials'],
    ]);
  });
});

describe('taskRange', () => {
  it.each([0, 1, 2, 15, 16, 17, 31, 64, 1000, 4097])('assigns each of %i to one task, in order', (total) => {
    const ranges = Array.from({ length: TASKS }, (_, task) => taskRange(total, task));
    const covered = ranges.flatMap(([begin, end]) =>
      Array.from({ length: end - begin }, (_, i) => begin + i),
    );
    expect(covered).toEqual(Array.from({ length: total }, (_, i) => i));
  });

  it('assigns numbers that differ by at most one', () => {
    const sizes = Array.from({ length: TASKS }, (_, task) => taskRange(50, task)).map(([a, b]) => b - a);
    expect(new Set(sizes)).toEqual(new Set([3, 4]));
  });
});

describe('PlanBuilder', () => {
  it('puts the prologue first, then the operations and the epilogue, and the steps at the end', () => {
    const plan = new PlanBuilder(new Arena(false), 4);
    const weight = plan.shared({ name: 'weight', shape: [2, 3] });
    const transposed = plan.shared({ name: 'transposed', shape: [3, 2] });
    const partials = plan.perTask('partials', [8]);
    const gradient = plan.shared({ name: 'gradient', shape: [8] });
    const output = plan.perImage('output', [5]);
    plan.epilogue(sums(partials, gradient));
    plan.add(relu(output, output));
    plan.prologue({ op: 'transposeWeight', reads: { weight }, writes: { transposed } });
    const built = plan.build('step');
    const { name, batchSize, stages, steps, scratch } = built;
    expect({ name, batchSize }).toEqual({ name: 'step', batchSize: 4 });
    expect(stages.map(({ ops }) => ops[0].op)).toEqual(['transposeWeight', 'relu', 'sumPartials']);
    expect(steps).toMatchObject({ dtype: 'f64', shape: [64, 8] });
    expect(tensorsOf(built).map((tensor) => tensor.name)).toEqual([
      'weight',
      'transposed',
      'output',
      'partials',
      'gradient',
      'steps',
      'scratch',
    ]);
    expect(scratch).toMatchObject({ dtype: 'u8', per: 'task', count: TASKS, shape: [0] });
    expect(partials).toMatchObject({ per: 'task', count: TASKS });
    expect(output).toMatchObject({ per: 'image', count: 4 });
  });

  it('has a partition for every operation', () => {
    expect(new Set(Object.values(PARTITION))).toEqual(new Set(['items', 'elements', 'whole']));
  });
});
