import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError } from '#inkling/core/errors.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { readEvents } from '#inkling/runs/eventLog.js';
import { isFinished, readPredictionRecord, readRun } from '#inkling/runs/readRun.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { RESUME_FILE } from '#inkling/runs/runFiles.js';
import { RunFolder } from '#inkling/runs/runFolder.js';
import { decodeTraining } from '#inkling/runs/savedTraining.js';
import type { RunSummary } from '#inkling/runs/runSummary.js';
import { resumeRun, trainRun } from '#inkling/runs/trainRun.js';
import { parseConfig } from '#inkling/train/config.js';
import { hashOf } from '../helpers/hash.js';
import { stripes } from '../helpers/stripes.js';

/** 30 training images, 10 validation images, and 12 test images. */
export const tinyDataset: Dataset = stripes({ train: 40, test: 12 });

/** With batch normalization, whose statistics are part of a checkpoint. */
export const tinyModel = {
  name: 'tiny',
  input: [8, 8, 1],
  layers: [
    { type: 'flatten' },
    { type: 'linear', outFeatures: 4 },
    { type: 'batchNorm1d' },
    { type: 'relu' },
    { type: 'linear', outFeatures: 3 },
  ],
};

const hooks = { command: 'inkling train', onEvent: () => undefined };

export function tinyConfig(folder: string, epochs: number) {
  const model = join(folder, 'tiny.json');
  writeFileSync(model, JSON.stringify(tinyModel));
  return parseConfig({
    model,
    dataset: 'digits',
    epochs,
    batchSize: 16,
    threads: 1,
    seed: 3,
    learningRate: 0.01,
    runDir: join(folder, 'runs'),
  });
}

/** Trains a new run. */
export async function train(folder: string, epochs: number): Promise<string> {
  return (await trainRun(tinyConfig(folder, epochs), tinyDataset, hooks)).folder;
}

/** Trains a new run of some epochs that is interrupted during the one after `done`. */
export async function interrupt(folder: string, epochs: number, done: number): Promise<void> {
  const controller = new AbortController();
  await trainRun(tinyConfig(folder, epochs), tinyDataset, {
    ...hooks,
    signal: controller.signal,
    onEvent: (event) => {
      if (event.type === 'epoch' && event.record.epoch === done) controller.abort();
    },
  });
}

export async function resume(run: string, epochs: number): Promise<void> {
  await resumeRun(readResumePoint(run, { epochs }), tinyDataset, hooks);
}

/** What a user does after a failure: resumes the run if it has completed an epoch but not all of them, or else starts a new one. */
export async function finish(folder: string, epochs: number): Promise<void> {
  const run = join(folder, 'runs', 'tiny-stripes-1');
  if (isComplete(run, epochs)) {
    startNext(folder);
    return;
  }
  try {
    await resume(run, epochs);
  } catch (error) {
    const isTooEarly =
      error instanceof InklingError && /start a new run|not a run folder|no such file/.test(error.message);
    if (
      !isTooEarly ||
      readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('resume.safetensors'))
    )
      throw error;
    await train(folder, epochs);
  }
}

/** Starts another training, which removes what the previous one left. */
export function startNext(folder: string): void {
  RunFolder.claim(tinyConfig(folder, 1), 'next').close();
}

export function isComplete(folder: string, epochs: number): boolean {
  try {
    const { summary } = readRun(folder);
    return summary !== undefined && isFinished(summary.stopReason) && summary.epochs.length === epochs;
  } catch {
    return false;
  }
}

/** The results of the only finished run, without times. */
export function resultsOf(folder: string) {
  const runDir = join(folder, 'runs');
  const runs = existsSync(runDir) ? readdirSync(runDir).map((name) => join(runDir, name)) : [];
  const finished = runs.filter((run) => readIfComplete(run) !== undefined);
  return finished.map((run) => {
    const { config, summary } = readRun(run);
    if (summary === undefined) throw new Error('no summary');
    const { best, test, calibration, dataset, model, stopReason, seed } = summary;
    const checkpoints = join(run, 'checkpoints');
    return {
      config: { ...config, model: '', runDir: '' },
      summary: {
        best,
        test,
        calibration,
        dataset,
        model,
        stopReason,
        seed,
        epochs: summary.epochs.map(withoutTimes),
      },
      predictions: readPredictionRecord(run),
      weights: readdirSync(checkpoints)
        .filter((name) => !name.startsWith('resume'))
        .map((name) => [name, readFileSync(join(checkpoints, name)).toString('base64')]),
      state: stateOf(run),
      metrics: readFileSync(join(run, 'metrics.csv'), 'utf8')
        .split('\n')
        .map((line) => line.split(',').filter((_, column) => column !== 1)),
      events: logOf(run),
    };
  });
}

function readIfComplete(run: string) {
  try {
    const { summary } = readRun(run);
    return summary !== undefined && isFinished(summary.stopReason) ? summary : undefined;
  } catch {
    return undefined;
  }
}

function withoutTimes(record: RunSummary['epochs'][number]) {
  return { ...record, seconds: 0, imagesPerSecond: 0 };
}

function stateOf(run: string) {
  // Imported runs have none.
  if (!existsSync(join(run, RESUME_FILE))) return undefined;
  const { state, fingerprint } = decodeTraining(readFileSync(join(run, RESUME_FILE)), run);
  return {
    fingerprint,
    epochs: state.epochs.map(withoutTimes),
    tensors: [...state.tensors].map(([name, values]) => [name, hashOf(new Map([[name, values]]))]),
    streams: [...state.streams],
    crossFit: state.crossFit,
  };
}

/** The epochs in a run's log, each of which is complete. */
function logOf(run: string) {
  const { events } = readEvents(run);
  const epochs = events.flatMap((event) => (event.type === 'epoch' ? [event.record.epoch] : []));
  return [...new Set(epochs)];
}
