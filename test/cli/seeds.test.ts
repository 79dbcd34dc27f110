import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { DatasetRequest } from '#inkling/data/datasetRequest.js';
import { ACCURACY_RANGE, chanceToReach, describeSample } from '#inkling/runs/compare/statistics.js';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { temporaryFolder } from '../data/tinySet.js';
import { imbalanced, stripes } from '../helpers/stripes.js';
import { writeStripes } from '../sweep/queue/stripesFolder.js';
import { inkling } from './capture.js';

let runs: string;

beforeEach(() => {
  runs = join(temporaryFolder(), 'runs');
});

/** The stripes, with the name of the requested data set, as if they had been verified. */
const loadDataset = ({ name }: DatasetRequest) => {
  const dataset = stripes({ train: 100, test: 40 });
  return Promise.resolve({ ...dataset, name, source: { ...dataset.source, verified: true } });
};

function train(...flags: string[]) {
  const argv = [
    'train',
    '--epochs',
    '1',
    '--batch-size',
    '32',
    '--parallel',
    '1',
    '--run-dir',
    runs,
    ...flags,
  ];
  return inkling(argv, { loadDataset });
}

const statisticsSchema = z.object({
  count: z.number(),
  mean: z.number(),
  standardDeviation: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }),
});
const seedsSchema = z.object({
  runs: z.array(runSummarySchema.extend({ folder: z.string() })),
  accuracies: z.array(z.number()),
  statistics: statisticsSchema,
  report: z.object({ accuracy: z.literal(0.988), reached: z.number(), chance: z.number() }).optional(),
});

const sweepSchema = seedsSchema.extend({
  statistics: statisticsSchema.optional(),
  diverged: z.array(z.number()),
});

test('trains one run per seed, and prints statistics of their accuracies', async () => {
  const { code, stdout, stderr } = await train('--model', 'mlp', '--dataset', 'stripes', '--seeds', '3..5');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(
    /^Test accuracy of mlp over 3 seeds\n(seed [345] {2}[\d.]+ %, macro F1 [\d.]+ %\n){3}95 % confidence interval of the mean /m,
  );
  expect(stdout).toMatch(/\nmlp: mean [\d.]+ %, standard deviation [\d.]+ %, 3 seeds\n$/);
  expect(stdout).not.toContain("the report's");
});

test('trains several runs at the same time, with the same results, and says how many', async () => {
  const path = writeStripes(temporaryFolder());
  const flags = ['--model', 'mlp', '--dataset', path, '--seeds', '3..5', '--epochs', '2', '--run-dir'];
  const { code, stdout, stderr } = await inkling(['train', ...flags, runs, '--parallel', '2']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^2 runs at a time, each with \d+ threads?(; the last one with \d+ threads)?$/m);
  expect(stdout).toMatch(/^seed 4: epoch 2 of 2, validation accuracy [\d.]+ %$/m);
  expect(stdout).toMatch(/^mlp, seed 5: test accuracy .*; .*mlp-stripes-3$/m);
  const inTurn = await inkling(['train', ...flags, join(runs, 'in-turn'), '--parallel', '1']);
  const statistics = (text: string) => text.slice(text.indexOf('Test accuracy of mlp over 3 seeds'));
  expect(statistics(stdout)).toBe(statistics(inTurn.stdout));
});

test('says once, before training, that the classes are imbalanced', async () => {
  const dataset = imbalanced(stripes({ train: 320, test: 64 }));
  const words = [
    '--model',
    'mlp',
    '--epochs',
    '1',
    '--seeds',
    '3..4',
    '--quiet',
    '--run-dir',
    runs,
    '--parallel',
    '1',
  ];
  const { code, stderr } = await inkling(['train', '--dataset', 'stripes', ...words], {
    loadDataset: ({ name }) => Promise.resolve({ ...dataset, name }),
  });
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^inkling: the classes are imbalanced: "across" has \d+ training images, [\d.]+ times as many as "(down|blank)", which has \d+; compensate for this with balanced class weights \(--class-weights balanced\) or balanced sampling \(--sampling balanced\), [^\n]*\n$/,
  );
});

test('prints JSON', async () => {
  const { stdout } = await train('--model', 'mlp', '--dataset', 'stripes', '--seeds', '3..5', '--json');
  const { runs: summaries, accuracies, statistics, report } = seedsSchema.parse(JSON.parse(stdout));
  expect(summaries.map(({ seed }) => seed)).toEqual([3, 4, 5]);
  expect(summaries.map(({ folder }) => folder)).toEqual([1, 2, 3].map((n) => join(runs, `mlp-stripes-${n}`)));
  expect(accuracies).toEqual(summaries.map(({ test }) => test?.accuracy));
  expect(statistics).toEqual(describeSample(accuracies, ACCURACY_RANGE));
  expect(report).toBeUndefined();
});

test('gives the same results for each seed as a single run', async () => {
  const summaryOf = (text: string) => runSummarySchema.parse(JSON.parse(text));
  const both = seedsSchema.parse(
    JSON.parse((await train('--model', 'mlp', '--seeds', '7..8', '--json')).stdout),
  );
  const alone = summaryOf((await train('--model', 'mlp', '--seed', '8', '--json')).stdout);
  expect(both.runs[1].test).toEqual(alone.test);
  const range = summaryOf((await train('--model', 'mlp', '--seeds', '8..8', '--json')).stdout);
  expect(range.test).toEqual(alone.test);
});

test("compares the accuracies with the report's", async () => {
  const { stdout } = await train('--dataset', 'mnist', '--seeds', '1..2');
  expect(stdout).toMatch(
    /^[012] of 2 seeds reach the report's 98\.80 %; the estimated probability that another seed reaches it is [\d.]+ %$/m,
  );
  const json = await train('--dataset', 'mnist', '--seeds', '1..2', '--json');
  const { accuracies, report } = seedsSchema.parse(JSON.parse(json.stdout));
  const chance = chanceToReach(0.988, describeSample(accuracies));
  const reached = accuracies.filter((accuracy) => accuracy >= 0.988).length;
  expect(report).toEqual({ accuracy: 0.988, reached, chance });
});

test('trains the other seeds when some diverge, and lists those that did', async () => {
  // A network that overflows only with some initial weights.
  const rates = ['1e10', '1.2e10', '9e9', '1.5e10', '2e10'];
  const diverging = ['--model', 'mlp', '--dataset', 'stripes', '--optimizer', 'sgd', '--seeds', '0..3'];
  for (const rate of rates) {
    const { code, stdout, stderr } = await train(...diverging, '--lr', rate, '--json');
    const { runs: all, accuracies, diverged } = sweepSchema.parse(JSON.parse(stdout));
    expect(all.map(({ seed }) => seed)).toEqual([0, 1, 2, 3]);
    const failed = all.filter(({ stopReason }) => stopReason === 'diverged').map(({ seed }) => seed);
    expect(diverged).toEqual(failed);
    expect(accuracies).toEqual(all.flatMap(({ test }) => test?.accuracy ?? []));
    if (failed.length < 1 || failed.length > 2) continue;
    const list = `seed${failed.length === 1 ? '' : 's'} ${failed.join(', ')}`;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `inkling: mlp: ${failed.length} of 4 runs diverged (${list}); lower the learning rate (--lr), or clip the gradients (--clip-norm)\n`,
    });
    const { stdout: text } = await train(...diverging, '--lr', rate);
    expect(text.match(/^seed \d {2}diverged$/gm)).toHaveLength(failed.length);
    expect(text).toContain(`, ${4 - failed.length} seeds; ${failed.length} diverged: ${list}\n`);
    return;
  }
  throw new Error('no learning rate lets some seeds diverge');
});

test('prints no statistics when all seeds diverge', async () => {
  const flags = [
    '--model',
    'mlp',
    '--dataset',
    'stripes',
    '--optimizer',
    'sgd',
    '--lr',
    '1e38',
    '--seeds',
    '0..1',
  ];
  const { code, stdout, stderr } = await train(...flags);
  expect(code).toBe(1);
  expect(stdout).toContain(
    'mlp: no statistics, which require at least 2 test accuracies; 2 diverged: seeds 0, 1\n',
  );
  expect(stdout).not.toContain('NaN %');
  expect(stderr).toContain('mlp: 2 of 2 runs diverged (seeds 0, 1); ');
});

test('starts no further runs after an interruption', async () => {
  const argv = ['train', '--model', 'mlp', '--seeds', '0..4', '--run-dir', runs, '--parallel', '1'];
  const { code, stdout, stderr } = await inkling([...argv, '--json'], {
    loadDataset,
    signal: AbortSignal.abort(),
  });
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^inkling: mlp: interrupted after 0 of 5 runs; without a completed epoch: seeds 0, 1, 2, 3, 4\n$/,
  );
});

test.each(['4', '3..2', '0..1000', '-1..2', '1..2..3', ''])('rejects the range "%s"', async (range) => {
  expect(await train('--seeds', range)).toEqual({
    code: 2,
    stdout: '',
    stderr: `inkling: --seeds: expected a range of 1 to 1000 seeds such as 0..4, got "${range}"\n`,
  });
});

test('rejects --seed with --seeds', async () => {
  const { code, stderr } = await train('--seeds', '0..1', '--seed', '3');
  expect(code).toBe(2);
  expect(stderr).toContain("option '--seeds <A..B>' cannot be used with option '--seed <N>'");
});

describe('train --train-limits', () => {
  const LIMITS = ['--model', 'mlp', '--dataset', 'stripes', '--train-limits'];

  test('trains on each number of images with each seed, and prints the learning curve', async () => {
    const { code, stdout, stderr } = await train(...LIMITS, '30,60', '--seeds', '0..1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const end = stdout.slice(stdout.indexOf('Test accuracy by the number of training images'));
    expect(end).toMatch(
      /^.*\nimages +runs +accuracy +95 % confidence interval\n( +[36]0 +2 +[\d.]+ % +[\d.]+ % to [\d.]+ %\n){2}to draw the learning curve in a report, run: inkling report \S+-3 \S+-4 \S+-1 \S+-2\n$/,
    );
    const json = await train(...LIMITS, '30,60', '--json');
    const { learningCurve, runs: trained } = z
      .object({
        runs: z.array(runSummarySchema),
        learningCurve: z.array(z.object({ images: z.number(), accuracy: z.number() })),
      })
      .parse(JSON.parse(json.stdout));
    expect(learningCurve).toMatchObject(
      trained.map(({ dataset, test: tested }) => ({ images: dataset.train, accuracy: tested?.accuracy })),
    );
    expect(trained.map(({ dataset: { train: images, validation } }) => [images, validation])).toEqual([
      [30, 10],
      [60, 10],
    ]);
  });

  test.each([
    ['60,30', 'expected 2 to 100 numbers in ascending order, such as 500,1000,2000, got "60,30"'],
    ['60', 'expected 2 to 100 numbers in ascending order'],
    ['30,x', '--train-limits: expected a whole number'],
    ['2,60', '--train-limits: expected at least 3, one image of each class, got 2; increase it'],
    [
      '30,91',
      '--train-limits: expected at most 90, the number of training images, got 91; decrease it, or leave it out',
    ],
  ])('rejects %s', async (limits, message) => {
    const { code, stderr } = await train(...LIMITS, limits);
    expect(code).not.toBe(0);
    expect(stderr).toContain(message);
  });
});
