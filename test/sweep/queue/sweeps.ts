import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadDataset } from '#inkling/data/load.js';
import { readRun } from '#inkling/runs/readRun.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import type { PrunerName, SamplerName } from '#inkling/sweep/strategies.js';
import { readSweep } from '#inkling/sweep/sweepFolder.js';
import { idx, writeFiles } from '../../data/tinySet.js';
import { stripes } from '../../helpers/stripes.js';

/** Writes the images of the tests to a folder, from which other processes load them. */
export function writeStripes(folder: string): void {
  const { train, test } = stripes({ train: 100, test: 30 });
  writeFiles(folder, {
    'train-images-idx3-ubyte': idx([100, 8, 8], [...train.images]),
    'train-labels-idx1-ubyte': idx([100], [...train.labels]),
    't10k-images-idx3-ubyte': idx([30, 8, 8], [...test.images]),
    't10k-labels-idx1-ubyte': idx([30], [...test.labels]),
  });
}

interface SweepSettings {
  readonly images: string;
  readonly runDir: string;
  readonly trials?: number;
  readonly sampler?: SamplerName;
  readonly pruner?: PrunerName;
  readonly space?: object;
}

export const EPOCHS = 5;

/** Creates a sweep whose trials take a few milliseconds. */
export async function startSweep({
  images,
  runDir,
  trials = 4,
  sampler = 'random',
  pruner = 'none',
  space = {},
}: SweepSettings) {
  const plan = planSweep({
    space: {
      dataset: images,
      model: 'mlp',
      epochs: EPOCHS,
      batchSize: 16,
      threads: 1,
      learningRate: { float: [1e-4, 1e-1], log: true },
      ...space,
    },
    settings: { runDir },
    trials,
    sampler,
    pruner,
  });
  const dataset = await loadDataset({ name: images });
  return { folder: createSweep(plan, dataset), dataset };
}

/** What a sweep has found, without times and the names of runs. */
export function resultsOf(folder: string) {
  const { trials, test } = readSweep(folder);
  return {
    test,
    trials: trials.map(({ run, ...trial }) => ({
      ...trial,
      epochs: [...trial.epochs],
      weights: trial.state === 'pruned' || run === undefined ? undefined : weightsOf(join(folder, run)),
    })),
  };
}

function weightsOf(run: string) {
  const { summary } = readRun(run);
  const files = ['best', 'last'].map((name) => join(run, 'checkpoints', `${name}.safetensors`));
  return {
    stopReason: summary?.stopReason,
    losses: summary?.epochs.map(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]),
    // The best one of a sweep has a calibration, for which it is read from the summary.
    files: files.map((file) => (existsSync(file) ? lastBytes(file) : undefined)),
  };
}

/** The weights in a file, without its metadata. */
function lastBytes(file: string): string {
  const bytes = readFileSync(file);
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0))).toString('base64');
}
