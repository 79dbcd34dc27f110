import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import { loadDataset } from '#inkling/data/load.js';
import type { FinishedRun } from '#inkling/runs/conductRun.js';
import type { RunEvent } from '#inkling/runs/events.js';
import { readRun } from '#inkling/runs/readRun.js';
import { readResumePoint } from '#inkling/runs/resume.js';
import { resumeRun } from '#inkling/runs/trainRun.js';
import { bullQueue } from '#inkling/sweep/queue/bullQueue.js';
import { workOnTrials } from '#inkling/sweep/queue/bull/workOnTrials.js';
import type { OpenQueue } from '#inkling/sweep/queue/localQueue.js';
import { summarizeFolds } from '#inkling/sweep/summarizeFolds.js';
import { type FoldRun, trainFolds } from '#inkling/sweep/trainFolds.js';
import type { SeriesHooks } from '#inkling/sweep/trainRuns.js';
import { trainSeeds } from '#inkling/sweep/trainSeeds.js';
import { type PartialConfig, parseConfig } from '#inkling/train/config.js';
import { temporaryFolder } from '../data/tinySet.js';
import { sharedFolder } from '../helpers/run.js';
import { redisMissing, RedisServer } from './queue/redis.js';
import { writeStripes } from './queue/stripesFolder.js';

const SEEDS = [3, 4, 5];
const EPOCHS = 3;
const command = 'inkling train';

const home = sharedFolder();
let path: string;
let dataset: Dataset;
let whole: ReturnType<typeof resultsOf>;

beforeAll(async () => {
  path = writeStripes(home);
  dataset = await loadDataset({ name: path });
  whole = resultsOf(await train({}, { runDir: join(home, 'runs') }));
});

function train(hooks: Partial<SeriesHooks<FinishedRun>> = {}, settings: PartialConfig = {}, seeds = SEEDS) {
  const config = parseConfig({
    ...{ dataset: path, model: 'mlp', epochs: EPOCHS, batchSize: 32 },
    ...(settings.runDir === undefined && { runDir: temporaryFolder() }),
    ...settings,
  });
  return trainSeeds(config, seeds, dataset, { command, ...hooks });
}

/** What does not depend on times, on memory, and on where the runs are. */
function resultsOf(runs: readonly FinishedRun[]) {
  return runs.map(({ folder, summary }) => {
    const { config } = readRun(folder);
    return {
      name: basename(folder),
      config: { ...config, runDir: '' },
      seed: summary.seed,
      test: summary.test,
      losses: summary.epochs.map(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]),
      files: readdirSync(folder).sort(),
      predictions: readFileSync(join(folder, 'predictions.json'), 'utf8'),
      weights: ['best', 'last'].map((file) => weightsOf(join(folder, 'checkpoints', `${file}.safetensors`))),
    };
  });
}

/** The weights in a file, without its metadata. */
function weightsOf(file: string): string {
  const bytes = readFileSync(file);
  return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0))).toString('base64');
}

describe('several seeds', () => {
  it('are trained in this process, in order, with the records of a single run', async () => {
    expect(whole.map(({ name }) => name)).toEqual(['mlp-stripes-1', 'mlp-stripes-2', 'mlp-stripes-3']);
    expect(whole.map(({ seed }) => seed)).toEqual(SEEDS);
    const [alone] = resultsOf(await train({}, {}, [4]));
    expect({ ...alone, name: 'mlp-stripes-2' }).toEqual(whole[1]);
  });

  it('have the same bits, records, and folders if they are trained at the same time', async () => {
    const epochs: [number, number][] = [];
    const ended: number[] = [];
    const runs = await train({
      parallel: 2,
      onRunEpoch: (seed, epoch) => epochs.push([seed, epoch]),
      onRunEnd: ({ summary }) => ended.push(summary.seed),
    });
    expect(resultsOf(runs)).toEqual(whole);
    expect(ended.sort()).toEqual(SEEDS);
    expect(epochs.sort()).toEqual(SEEDS.flatMap((seed) => [1, 2, 3].map((epoch) => [seed, epoch])));
    expect(runs[0].summary.command).toBe(command);
  });

  it.each([1, 2])('are interrupted, and each can be resumed, with %d at a time', async (parallel) => {
    const controller = new AbortController();
    const runDir = temporaryFolder();
    const begun: string[] = [];
    const runs = await train(
      {
        parallel,
        signal: controller.signal,
        onRunStart: (_, folder) => begun.push(folder),
        onRunEpoch: () => {
          controller.abort();
        },
      },
      { runDir, epochs: 500 },
    );
    expect(runs.every(({ summary }) => summary.stopReason === 'interrupted')).toBe(true);
    expect(begun).toHaveLength(parallel);
    const folder = begun.find((each) => existsSync(join(each, 'checkpoints', 'resume.safetensors'))) ?? '';
    const done = readResumePoint(folder).state.epochs.length;
    const resumed = await resumeRun(readResumePoint(folder, { epochs: done + 1 }), dataset, { command });
    const single = await train({}, { epochs: done + 1 }, [resumed.summary.seed]);
    expect(resumed.summary.test).toEqual(single[0].summary.test);
  });

  it.each([1, 2])('do not stop each other when one diverges, with %d at a time', async (parallel) => {
    // A network that overflows only with some initial weights.
    const runs = await train({ parallel }, { optimizer: 'sgd', learningRate: 1e10, epochs: 1 }, [0, 1, 2, 3]);
    expect(runs.map(({ summary }) => summary.seed)).toEqual([0, 1, 2, 3]);
    const diverged = runs.filter(({ summary }) => summary.stopReason === 'diverged');
    expect(diverged.length).toBeGreaterThan(0);
    for (const { summary } of diverged) expect(summary.error).toMatch(/loss/);
  });

  it('states a failure without a record after the others have ended, and leaves no empty folder', async () => {
    const runDir = temporaryFolder();
    const executed: string[] = [];
    const openQueue: OpenQueue = () =>
      Promise.resolve({
        capacity: 2,
        capacityChanged: () => new Promise(() => undefined),
        execute({ name }) {
          executed.push(name);
          return Promise.resolve(
            name === 'seed-4' ? { state: 'failed', error: 'no memory' } : { state: 'complete' },
          );
        },
        close: () => Promise.resolve(),
      });
    await expect(train({ openQueue }, { runDir })).rejects.toThrow(/^seed-4: no memory$/);
    expect(executed).toEqual(['seed-3', 'seed-4', 'seed-5']);
    expect(readdirSync(runDir)).toEqual([]);
  });

  it('reject invalid settings before anything is started', async () => {
    const runDir = temporaryFolder();
    const settings: PartialConfig = { runDir, classWeights: [1, 2, 3, 4, 5] };
    await expect(train({ parallel: 2 }, settings)).rejects.toThrow('class');
    expect(readdirSync(runDir)).toEqual([]);
  });

  it('report what to know before training once', async () => {
    const events: RunEvent[] = [];
    const small = {
      ...dataset,
      train: { ...dataset.train, labels: dataset.train.labels.map((_, i) => (i < 90 ? 0 : 1 + (i % 2))) },
    };
    const config = parseConfig({ dataset: path, model: 'mlp', epochs: 1, runDir: temporaryFolder() });
    await expect(
      trainSeeds(config, [0, 1], small, { command, parallel: 2, onEvent: (event) => events.push(event) }),
    ).rejects.toThrow('several runs at a time need images that other processes can load');
    expect(events.map(({ type }) => type)).toEqual(['notice']);
  });
});

describe('several seeds that workers train', () => {
  const controller = new AbortController();
  let server: RedisServer | undefined;
  let openQueue: OpenQueue | undefined;
  let working: Promise<unknown> | undefined;

  beforeAll(async () => {
    if (redisMissing !== undefined) return;
    server = await RedisServer.start(home);
    const { url } = server;
    const worker = { url, signal: controller.signal, notify: () => undefined };
    working = Promise.all([workOnTrials(worker), workOnTrials(worker)]);
    openQueue = (execution) => bullQueue(execution, { url, notify: () => undefined });
  });
  afterAll(async () => {
    controller.abort();
    await working;
    await server?.kill();
  });

  it.skipIf(redisMissing !== undefined)('have the same bits, records, and folders', async () => {
    const runDir = temporaryFolder();
    const runs = await train({ openQueue }, { runDir });
    expect(resultsOf(runs)).toEqual(whole);
    expect(readdirSync(runDir).sort()).toEqual(whole.map(({ name }) => name));
  });

  it.skipIf(redisMissing !== undefined)(
    'have the same bits and records as folds, and are scored together',
    async () => {
      const bitsOf = (runs: readonly FoldRun[]) =>
        runs.map(({ fold, folder, summary: { test, dataset: images, epochs, best } }) => ({
          ...{ fold, name: basename(folder), test, images, best },
          config: { ...readRun(folder).config, runDir: '' },
          losses: epochs.map(({ trainLoss, validationLoss }) => [trainLoss, validationLoss]),
          weights: weightsOf(join(folder, 'checkpoints', 'best.safetensors')),
        }));
      const trainAll = async (hooks: Partial<SeriesHooks<FoldRun>>) => {
        const runDir = temporaryFolder();
        const settings = { dataset: path, model: 'mlp', epochs: EPOCHS, batchSize: 32, folds: 3, runDir };
        const runs = await trainFolds(parseConfig(settings), dataset, { command, ...hooks });
        return { bits: bitsOf(runs), pooled: (await summarizeFolds(runs, dataset)).pooled };
      };
      const ended: number[] = [];
      const remote = await trainAll({ openQueue, onRunEnd: ({ fold }) => ended.push(fold) });
      expect(remote).toEqual(await trainAll({}));
      expect(ended.sort()).toEqual([1, 2, 3]);
      expect(remote.bits.map(({ test }) => test)).toEqual([undefined, undefined, undefined]);
    },
  );

  it.skipIf(redisMissing !== undefined)('can be interrupted, and resumed on this machine', async () => {
    const interrupting = new AbortController();
    const begun = new Map<number, string>();
    const onRunEpoch = (_: number, epoch: number) => {
      if (epoch >= 2) interrupting.abort();
    };
    await train(
      {
        openQueue,
        signal: interrupting.signal,
        onRunStart: (seed, folder) => begun.set(seed, folder),
        onRunEpoch,
      },
      { epochs: 500 },
    );
    const folders = [...begun.values()].filter((each) =>
      existsSync(join(each, 'checkpoints', 'resume.safetensors')),
    );
    expect(folders.length).toBeGreaterThan(0);
    const { state } = readResumePoint(folders[0]);
    const epochs = state.epochs.length + 1;
    const resumed = await resumeRun(readResumePoint(folders[0], { epochs }), dataset, { command });
    const single = await train({}, { epochs }, [resumed.summary.seed]);
    expect(resumed.summary.test).toEqual(single[0].summary.test);
  });
});
