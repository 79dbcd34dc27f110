import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRun } from '#inkling/runs/readRun.js';
import { bullQueue } from '#inkling/sweep/queue/bullQueue.js';
import { workOnTrials } from '#inkling/sweep/queue/bull/workOnTrials.js';
import { type SweepHooks, runSweep } from '#inkling/sweep/runSweep.js';
import { readSweep, stateOfSweep } from '#inkling/sweep/sweepFolder.js';
import { stateOfTrial } from '#inkling/sweep/trial.js';
import { sharedFolder } from '../../helpers/run.js';
import { redisMissing, RedisServer } from './redis.js';
import { EPOCHS, resultsOf, startSweep, writeStripes } from './sweeps.js';

type OpenQueue = NonNullable<SweepHooks['openQueue']>;

interface QueueCase {
  readonly name: string;
  readonly missing: string | undefined;
  readonly isConcurrent: boolean;
  /** @returns how a sweep opens the queue; undefined for its default */
  readonly start: (folder: string) => Promise<OpenQueue | undefined>;
  readonly stop: () => Promise<void>;
}

const inProcess: QueueCase = {
  name: 'this process',
  missing: undefined,
  isConcurrent: false,
  start: () => Promise.resolve(undefined),
  stop: () => Promise.resolve(),
};

/** Workers in this process, which get everything through Redis. */
function throughRedis(name: string, workers: number, isShared: boolean): QueueCase {
  const controller = new AbortController();
  let server: RedisServer | undefined;
  let working: Promise<unknown> | undefined;
  return {
    name,
    missing: redisMissing,
    isConcurrent: workers > 1,
    async start(folder) {
      server = await RedisServer.start(folder);
      const { url } = server;
      const options = { url, signal: controller.signal, notify: () => undefined };
      const store = isShared ? { store: join(folder, 'runs') } : {};
      working = Promise.all(Array.from({ length: workers }, () => workOnTrials({ ...options, ...store })));
      return (execution) => bullQueue(execution, { url, notify: () => undefined });
    },
    async stop() {
      controller.abort();
      await working;
      await server?.kill();
    },
  };
}

const cases = [
  inProcess,
  throughRedis('a worker through Redis', 1, false),
  throughRedis('three workers through Redis', 3, false),
  throughRedis('a worker with a shared folder', 1, true),
];

const command = 'inkling sweep';
const images = sharedFolder();
const local = sharedFolder();
const failing = { learningRate: { choice: [1e30, 0.01] }, optimizer: 'sgd' };
let whole: ReturnType<typeof resultsOf>;
let pruned: ReturnType<typeof resultsOf>;

beforeAll(async () => {
  writeStripes(images);
  const runDir = join(local, 'runs');
  const expected = async (settings: Partial<Parameters<typeof startSweep>[0]>) => {
    const { folder, dataset } = await startSweep({ images, runDir, ...settings });
    await runSweep(folder, dataset, { command });
    return resultsOf(folder);
  };
  whole = await expected({});
  pruned = await expected({ pruner: 'asha', trials: 6 });
});

describe.each(cases)('trials that are trained by $name', ({ name, missing, isConcurrent, start, stop }) => {
  const home = sharedFolder();
  const runDir = join(home, 'runs');
  let openQueue: OpenQueue | undefined;

  beforeAll(async () => {
    if (missing === undefined) openQueue = await start(home);
  });
  afterAll(stop);

  it.skipIf(missing !== undefined)('have the same results and weights', async () => {
    const { folder, dataset } = await startSweep({ images, runDir });
    const sweep = await runSweep(folder, dataset, { command, openQueue });
    expect(stateOfSweep(sweep)).toBe('done');
    expect(resultsOf(folder)).toEqual(whole);
    expect(sweep.trials.map(({ run }) => run)).toEqual(whole.trials.map((_, number) => `trial-${number}-1`));
    const { config, summary } = readRun(join(folder, 'trial-1-1'));
    expect(config.runDir).toBe(folder);
    expect(summary?.epochs).toHaveLength(EPOCHS);
  });

  it.skipIf(missing !== undefined)(
    'are paused, and the best of them continued or the others pruned',
    async () => {
      const { folder, dataset } = await startSweep({ images, runDir, pruner: 'asha', trials: 6 });
      await runSweep(folder, dataset, { command, openQueue });
      const results = resultsOf(folder);
      const lengths = pruned.trials.map(({ epochs }) => epochs.length);
      expect(lengths.sort((a, b) => a - b)).toEqual([1, 1, 1, 2, 2, EPOCHS]);
      // Which ones depends on how far the others were.
      if (!isConcurrent) expect(results).toEqual(pruned);
      for (const { state, epochs } of results.trials) {
        expect(epochs.length).toBe(state === 'pruned' ? Math.min(epochs.length, 2) : EPOCHS);
      }
      expect(readSweep(folder).trials.map(({ run }) => run)).toEqual(
        lengths.map((_, trial) => `trial-${trial}-1`),
      );
    },
  );

  it.skipIf(missing !== undefined)('are continued after interruptions while they are paused', async () => {
    const { folder, dataset } = await startSweep({ images, runDir, pruner: 'asha', trials: 6 });
    const states: string[] = [];
    for (let part = 0; stateOfSweep(readSweep(folder)) !== 'done'; part++) {
      const controller = new AbortController();
      const { trials } = await runSweep(folder, dataset, {
        command,
        openQueue: part % 3 === 2 ? undefined : openQueue,
        signal: controller.signal,
        onTrial: () => {
          controller.abort();
        },
      });
      states.push(...trials.map(stateOfTrial));
    }
    expect(states).toContain('paused');
    const results = resultsOf(folder);
    if (!isConcurrent) expect(results).toEqual(pruned);
    const complete = results.trials.filter(
      ({ state, epochs }) => state === 'complete' && epochs.length === EPOCHS,
    );
    expect(complete.map(({ number }) => number)).toContain(results.test?.trial);
    expect(results.trials.filter(({ state }) => state === 'pruned')).toHaveLength(6 - complete.length);
  });

  it.skipIf(missing !== undefined)('can fail without the others', async () => {
    const { folder, dataset } = await startSweep({
      images,
      runDir,
      sampler: 'grid',
      trials: 2,
      space: failing,
    });
    const { trials, test } = await runSweep(folder, dataset, { command, openQueue });
    expect(trials.map(({ state }) => state)).toEqual(['failed', 'complete']);
    expect(trials[0].error).toMatch(/loss .*(NaN|Infinity|infinite)/i);
    expect(readRun(join(folder, trials[0].run ?? '')).summary).toMatchObject({
      stopReason: 'diverged',
      error: trials[0].error,
    });
    expect(test?.trial).toBe(1);
  });

  it.skipIf(missing !== undefined)('are interrupted, and resumed there or in another queue', async () => {
    for (const next of new Set([openQueue, undefined])) {
      const { folder, dataset } = await startSweep({ images, runDir });
      const controller = new AbortController();
      const interrupted = await runSweep(folder, dataset, {
        command,
        openQueue,
        signal: controller.signal,
        onTrial: () => {
          controller.abort();
        },
      });
      expect(stateOfSweep(interrupted)).toBe('unfinished');
      await runSweep(folder, dataset, { command, openQueue: next });
      expect(resultsOf(folder)).toEqual(whole);
    }
  });

  // In this process, that is the test above.
  if (name === inProcess.name) return;
  it.skipIf(missing !== undefined)('continue a sweep that was interrupted in this process', async () => {
    const { folder, dataset } = await startSweep({ images, runDir });
    const controller = new AbortController();
    await runSweep(folder, dataset, {
      command,
      signal: controller.signal,
      onTrial: () => {
        controller.abort();
      },
    });
    expect(readSweep(folder).trials.length).toBeLessThan(4);
    await runSweep(folder, dataset, { command, openQueue });
    expect(resultsOf(folder)).toEqual(whole);
  });
});
