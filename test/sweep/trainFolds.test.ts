import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import { loadDataset } from '#inkling/data/load.js';
import { readReportRun } from '#inkling/report/readReportRun.js';
import { describeSample } from '#inkling/runs/compare/statistics.js';
import { readConfig, readRun } from '#inkling/runs/readRun.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { resumeRun, trainRun } from '#inkling/runs/trainRun.js';
import { planSweep } from '#inkling/sweep/planSweep.js';
import { type FoldsSummary, summarizeFolds } from '#inkling/sweep/summarizeFolds.js';
import { type FoldRun, trainFolds } from '#inkling/sweep/trainFolds.js';
import type { SeriesHooks } from '#inkling/sweep/trainRuns.js';
import { trainSeeds } from '#inkling/sweep/trainSeeds.js';
import { type PartialConfig, parseConfig } from '#inkling/train/config.js';
import { temporaryFolder } from '../data/tinySet.js';
import { sharedFolder } from '../helpers/run.js';
import { writeStripes } from './queue/stripesFolder.js';

const FOLDS = 3;
const EPOCHS = 3;
const command = 'inkling train';

const home = sharedFolder();
let path: string;
let dataset: Dataset;
let whole: FoldRun[];
let summary: FoldsSummary;

beforeAll(async () => {
  path = writeStripes(home);
  dataset = await loadDataset({ name: path });
  whole = await train({}, { runDir: join(home, 'runs') });
  summary = await summarizeFolds(whole, dataset);
});

function configOf(settings: PartialConfig = {}) {
  return parseConfig({
    dataset: path,
    model: 'mlp',
    epochs: EPOCHS,
    batchSize: 32,
    folds: FOLDS,
    ...settings,
  });
}

function train(hooks: Partial<SeriesHooks<FoldRun>> = {}, settings: PartialConfig = {}): Promise<FoldRun[]> {
  const config = configOf({ ...settings, runDir: settings.runDir ?? temporaryFolder() });
  return trainFolds(config, dataset, { command, ...hooks });
}

/** What does not depend on times, on memory, and on where the runs are. */
function resultOf(folder: string) {
  const { config, summary } = readRun(folder);
  const weights = ['best', 'last'].map((name) => {
    const bytes = readFileSync(join(folder, 'checkpoints', `${name}.safetensors`));
    return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0))).toString('base64');
  });
  const losses = summary?.epochs.map(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]);
  return { config: { ...config, runDir: '', epochs: 0 }, best: summary?.best, losses, weights };
}

const resultsOf = (runs: readonly FoldRun[]) =>
  runs.map(({ fold, folder }) => ({ fold, name: basename(folder), ...resultOf(folder) }));

describe('the folds of a cross-validation', () => {
  it('are runs whose settings name them, and whose test images are not scored', () => {
    expect(whole.map(({ folder }) => basename(folder))).toEqual([1, 2, 3].map((n) => `mlp-stripes-${n}`));
    for (const [index, { fold, folder, summary }] of whole.entries()) {
      expect([fold, readRun(folder).config]).toMatchObject([index + 1, { folds: FOLDS, fold: index + 1 }]);
      expect(summary).toMatchObject({ stopReason: 'completed', dataset: { validationSplit: 'fold' } });
      expect(summary.test).toBeUndefined();
    }
    expect(whole.map(({ summary }) => summary.dataset.validation)).toEqual([34, 33, 33]);
    expect(whole.map(({ summary }) => summary.dataset.train)).toEqual([66, 67, 67]);
  });

  it('have the same bits if they are trained at the same time', async () => {
    const ended: number[] = [];
    const runs = await train({ parallel: 2, onRunEnd: ({ fold }) => ended.push(fold) });
    expect(resultsOf(runs)).toEqual(resultsOf(whole));
    expect(ended.sort()).toEqual([1, 2, 3]);
  });

  it('can be repeated one by one, and have no report', async () => {
    const [, second] = whole;
    const settings = readConfig(join(second.folder, 'config.json'));
    const again = await trainRun(parseConfig({ ...settings, runDir: temporaryFolder() }), dataset, {
      command,
    });
    expect(resultOf(again.folder)).toEqual(resultOf(second.folder));
    await expect(readReportRun(second.folder)).rejects.toThrow(
      'got a run that is a fold of a cross-validation, which scores none',
    );
  });

  it('are no part of what a sweep takes from their settings', () => {
    const space = { learningRate: { float: [0.001, 0.01], log: true } };
    const { config } = planSweep({ space, file: join(whole[0].folder, 'config.json') });
    expect(config).toMatchObject({ batchSize: 32, epochs: EPOCHS });
    expect([config.folds, config.fold]).toEqual([undefined, undefined]);
  });

  it('can be resumed after an interruption, with the same bits', async () => {
    const controller = new AbortController();
    const begun = new Map<number, string>();
    const runs = await train(
      {
        signal: controller.signal,
        onRunStart: (fold, folder) => begun.set(fold, folder),
        onRunEpoch: () => {
          controller.abort();
        },
      },
      { epochs: 500 },
    );
    expect(runs.map(({ fold, summary }) => [fold, summary.stopReason])).toEqual([[1, 'interrupted']]);
    const folder = begun.get(1) ?? '';
    expect(existsSync(join(folder, 'checkpoints', 'resume.safetensors'))).toBe(true);
    const epochs = readResumePoint(folder).state.epochs.length + 1;
    const resumed = await resumeRun(readResumePoint(folder, { epochs }), dataset, { command });
    expect(resumed.summary.test).toBeUndefined();
    const settings = { epochs, fold: 1, runDir: temporaryFolder() };
    const single = await trainRun(configOf(settings), dataset, { command });
    expect(resultOf(resumed.folder)).toEqual(resultOf(single.folder));
  });

  it('validate all training images once, by the model that was not trained on them', () => {
    const { accuracies, lastAccuracies, statistics, lastStatistics, pooled, runs } = summary;
    expect(runs.map(({ fold, folder }) => ({ fold, folder }))).toEqual(
      whole.map(({ fold, folder }) => ({ fold, folder })),
    );
    expect(accuracies).toEqual(whole.map(({ summary: { best } }) => best?.validationAccuracy));
    expect(lastAccuracies).toEqual(whole.map(({ summary }) => summary.epochs[EPOCHS - 1].validationAccuracy));
    expect(statistics?.mean).toBeCloseTo(describeSample(accuracies).mean, 12);
    expect(lastStatistics?.mean).toBeCloseTo(describeSample(lastAccuracies).mean, 12);
    expect(pooled?.total).toBe(dataset.train.labels.length);
    const correct = accuracies.map((accuracy, fold) => accuracy * runs[fold].dataset.validation);
    expect(pooled?.correct).toBeCloseTo(
      correct.reduce((sum, count) => sum + count, 0),
      6,
    );
    const supports = dataset.classes.map(
      (_, label) => dataset.train.labels.filter((l) => l === label).length,
    );
    expect(pooled?.perClass.map(({ support }) => support)).toEqual(supports);
  });

  it('are summarized only with their own images', async () => {
    await expect(summarizeFolds(whole, { ...dataset, classes: ['x', 'y', 'z'] })).rejects.toThrow(
      /^summarizeFolds: expected the training images of .*mlp-stripes-1, got others in stripes; pass the data set/,
    );
  });
});

describe('settings of folds', () => {
  it.each<[PartialConfig, string]>([
    [{ folds: undefined }, 'trainFolds: config: expected a number of folds, got none; set the option folds'],
    [{ fold: 2 }, 'trainFolds: config: expected to train all folds, got fold 2; leave out the option fold'],
    [{ split: 'random' }, 'the option split: random cannot be used with the option folds'],
    [{ folds: 50 }, /images, expected at least one for each of 50 folds; add images, or decrease/.source],
  ])('are checked before anything is trained: %j', async (settings, message) => {
    await expect(train({}, settings)).rejects.toThrow(new RegExp(message));
  });

  it.each<[PartialConfig, string]>([
    [
      { fold: undefined },
      'the option fold: expected the one of the 3 folds on which the run is validated, got none',
    ],
    [{ fold: 4 }, 'the option fold: expected one of the 3 folds, got 4; decrease it'],
    [
      { folds: undefined, fold: 1 },
      'the option fold: requires the option folds, the number of folds; set it',
    ],
  ])('name one for a run: %j', async (settings, message) => {
    const config = configOf({ runDir: temporaryFolder(), ...settings });
    await expect(trainRun(config, dataset, { command })).rejects.toThrow(message);
  });

  it('are from 2 on, and not those of several seeds', async () => {
    expect(() => parseConfig({ folds: 1 })).toThrow('config: folds: expected at least 2, got 1');
    await expect(trainSeeds(configOf({ fold: 1 }), [0, 1], dataset, { command })).rejects.toThrow(
      'the option seeds: cannot be used with the option folds, whose runs are not scored',
    );
  });
});
