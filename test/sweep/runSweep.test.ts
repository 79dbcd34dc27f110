import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { readRun } from '#inkling/runs/readRun.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import { runSweep } from '#inkling/sweep/runSweep.js';
import type { PrunerName } from '#inkling/sweep/strategies.js';
import {
  listSweeps,
  lockSweep,
  readSweep,
  resolveSweepFolder,
  stateOfSweep,
} from '#inkling/sweep/sweepFolder.js';
import { bestTrial, stateOfTrial, type Trial } from '#inkling/sweep/trial.js';
import { runDataset as dataset, sharedFolder } from '../helpers/run.js';
import { stripes } from '../helpers/stripes.js';
import { beforeLine, crashBeforeLines, linesOf } from './journal/journalLines.js';

const runDir = sharedFolder();
/** More than the sampler draws at random. */
const TRIALS = 12;
/** Enough for what happens to one of them. */
const FEW = 4;

const space = {
  model: 'mlp',
  epochs: 4,
  batchSize: 32,
  threads: 1,
  optimizer: { choice: ['adam', 'sgd'] },
  momentum: { float: [0.5, 0.95], when: { optimizer: ['sgd'] } },
  learningRate: { float: [1e-4, 1e-1], log: true },
};

function start({
  json = space as object,
  trials = TRIALS,
  sampler = 'tpe' as const,
  pruner = 'asha-stopping' as PrunerName,
  images = dataset,
} = {}): string {
  const strategy = { sampler, pruner };
  const plan = planSweep({ space: json, who: 's.json', settings: { runDir }, trials, ...strategy });
  return createSweep(plan, images);
}

const command = 'inkling sweep';
const testsOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.startsWith('trial-'))
    .filter((name) => readRun(join(folder, name)).summary?.test !== undefined);

afterEach(() => {
  setFileOperationHook(undefined);
});

describe('a sweep', () => {
  let whole: string;
  let few: string;
  const scored: string[][] = [];
  const seen: (readonly [Trial, number | undefined])[] = [];
  beforeAll(async () => {
    whole = start();
    await runSweep(whole, dataset, {
      command,
      onTrial(trial, best) {
        seen.push([trial, best?.number]);
        scored.push(testsOf(whole));
      },
    });
    few = start({ trials: FEW });
    await runSweep(few, dataset, { command });
  });

  it('trains its trials as runs, of which some are pruned, and reports each with the best so far', () => {
    const sweep = readSweep(whole);
    expect(stateOfSweep(sweep)).toBe('done');
    expect(sweep.trials).toHaveLength(TRIALS);
    expect(sweep.trials.map(({ run }) => run)).toEqual(sweep.trials.map((_, number) => `trial-${number}-1`));
    expect(new Set(sweep.trials.map(({ state }) => state))).toEqual(new Set(['complete', 'pruned']));
    for (const { run = '', state, value, epochs, params } of sweep.trials) {
      const { config, summary } = readRun(join(whole, run));
      expect(config).toMatchObject({ ...params, epochs: 4, threads: 1, seed: 0 });
      const accuracies = summary?.epochs.map(({ validationAccuracy }) => validationAccuracy) ?? [];
      expect([...epochs.values()]).toEqual(accuracies);
      expect(accuracies).toHaveLength(state === 'complete' ? 4 : epochs.size);
      expect(summary?.stopReason).toBe(state === 'complete' ? 'completed' : 'interrupted');
      expect(value).toBe(state === 'complete' ? Math.max(...accuracies) : accuracies.at(-1));
    }
    expect(seen.map(([trial]) => trial)).toEqual(sweep.trials);
    expect(seen.at(-1)?.[1]).toBe(bestTrial(sweep.trials, 'maximize')?.number);
  });

  it('scores only the best trial on the test images, after all have ended', () => {
    const { trials, test } = readSweep(whole);
    const best = bestTrial(trials, 'maximize');
    expect(scored).toEqual(scored.map(() => []));
    expect(testsOf(whole)).toEqual([best?.run]);
    const { summary } = readRun(join(whole, best?.run ?? ''));
    expect(test).toEqual({
      trial: best?.number,
      accuracy: summary?.test?.accuracy,
      loss: summary?.test?.loss,
    });
  });

  it.each([4, 7, 11])(
    'ends with the same journal when it is interrupted at line %d and resumed',
    async (nth) => {
      const folder = start({ trials: FEW });
      const controller = new AbortController();
      beforeLine(folder, nth, () => {
        controller.abort();
      });
      const interrupted = await runSweep(folder, dataset, { command, signal: controller.signal });
      setFileOperationHook(undefined);
      expect(stateOfSweep(interrupted)).toBe('unfinished');
      expect(interrupted.trials.length).toBeLessThan(FEW);
      await runSweep(folder, dataset, { command });
      expect(linesOf(folder)).toEqual(linesOf(few));
    },
  );

  it('starts a trial that was interrupted in its first epoch again, with another run and the same results', async () => {
    const folder = start({ trials: FEW });
    const controller = new AbortController();
    beforeLine(folder, 9, () => {
      controller.abort();
    });
    await runSweep(folder, dataset, { command, signal: controller.signal });
    setFileOperationHook(undefined);
    const { trials } = await runSweep(folder, dataset, { command });
    expect(trials).toEqual(
      readSweep(few).trials.map((trial) => (trial.number === 1 ? { ...trial, run: 'trial-1-2' } : trial)),
    );
  });

  it('ends with the same journal when it crashes at any of these lines and is resumed', async () => {
    const folder = start();
    await crashBeforeLines(folder, [4, 5, 7, 12, 13], () => runSweep(folder, dataset, { command }));
    expect(linesOf(folder)).toEqual(linesOf(whole));
    const { trials } = readSweep(folder);
    const weights = (sweep: string) =>
      readFileSync(join(sweep, trials[0].run ?? '', 'checkpoints', 'last.safetensors'));
    expect(weights(folder).equals(weights(whole))).toBe(true);
  });

  it('that pauses trials has the same results wherever it crashes, and is resumed', async () => {
    const settings = { trials: 4, pruner: 'asha' } as const;
    const undisturbed = start(settings);
    const seen: string[] = [];
    await runSweep(undisturbed, dataset, {
      command,
      onTrial(trial) {
        seen.push(`${trial.number} ${stateOfTrial(trial)}`);
      },
    });
    const results = (folder: string) =>
      readSweep(folder).trials.map(({ run = '', ...trial }) => {
        const file = join(folder, run, 'checkpoints', 'last.safetensors');
        return {
          ...trial,
          weights: trial.state === 'complete' ? readFileSync(file).subarray(-64) : undefined,
        };
      });
    const expected = results(undisturbed);
    const count = (word: string) => seen.filter((each) => each.endsWith(word)).length;
    // The better two of four are continued, and one of them to its end.
    expect([seen.length, count('paused'), count('complete')]).toEqual([7, 6, 1]);
    expect(expected.map(({ epochs }) => epochs.size).sort()).toEqual([1, 1, 2, 4]);
    // The three that are still paused at the end are pruned at once.
    const appended = linesOf(undisturbed).length - 2;
    for (const first of [2, 3]) {
      const lines = Array.from(
        { length: Math.ceil((appended - 4 - first) / 2) },
        (_, index) => first + 2 * index,
      );
      const folder = start(settings);
      await crashBeforeLines(folder, lines, () => runSweep(folder, dataset, { command }));
      expect(results(folder)).toEqual(expected);
    }
  });

  it('stops when the disk is full, and has the same results when it is resumed', async () => {
    const folder = start({ trials: FEW });
    let writes = 0;
    setFileOperationHook(({ kind, path }) => {
      if (kind !== 'write' || !path.includes('trial-3-1') || ++writes < 12) return undefined;
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    });
    await expect(runSweep(folder, dataset, { command })).rejects.toThrow(
      /^cannot \w+ .*trial-3-1.*: the disk is full; free some space or choose another location$/,
    );
    setFileOperationHook(undefined);
    expect(
      readSweep(folder)
        .trials.map(({ state }) => state)
        .slice(3),
    ).toEqual(['running']);
    await runSweep(folder, dataset, { command });
    expect(linesOf(folder)).toEqual(linesOf(few));
  });

  it('can have more trials afterwards, but not fewer, and only on the same images', async () => {
    const folder = start({ trials: 2 });
    await runSweep(folder, dataset, { command });
    await expect(runSweep(folder, dataset, { command, trials: 1 })).rejects.toThrow(
      'trials: expected at least 2, the number of trials that the sweep has, got 1; increase it, or leave it out',
    );
    await expect(runSweep(folder, stripes({ train: 90, test: 30 }), { command })).rejects.toThrow(
      `${folder}: expected the images with which it was started, got others in stripes (the tests); restore them, or start again`,
    );
    const { trials, target } = await runSweep(folder, dataset, { command, trials: 3 });
    expect([trials.length, target]).toEqual([3, 3]);
    expect(trials).toEqual(readSweep(whole).trials.slice(0, 3));
  });

  it('is conducted by one process at a time', async () => {
    const lock = lockSweep(whole);
    expect(stateOfSweep(readSweep(whole))).toBe('running');
    await expect(runSweep(whole, dataset, { command })).rejects.toThrow(
      `sweep: ${basename(whole)} is being conducted by process ${process.pid}; wait for it to finish, or stop it`,
    );
    lock.release();
  });
});

it('varies the options of a preset, and continues where it was interrupted', async () => {
  const json = {
    ...space,
    model: { choice: ['mlp', 'report-cnn:depth=1'] },
    'model.width': { int: [8, 32], log: true },
    'model.dropout': 0.25,
  };
  const pruner = 'none';
  const interrupted = start({ json, trials: FEW, pruner });
  await crashBeforeLines(interrupted, [6], () => runSweep(interrupted, dataset, { command }));
  const whole = start({ json, trials: FEW, pruner });
  await runSweep(whole, dataset, { command });
  expect(linesOf(interrupted)).toEqual(linesOf(whole));
  const { trials } = readSweep(interrupted);
  expect(new Set(trials.map(({ params }) => params.model)).size).toBe(2);
  for (const { run = '', params } of trials) {
    const { config, summary } = readRun(join(interrupted, run));
    const [model] = String(params.model).split(':');
    expect(config.model).toBe(
      `${String(params.model)}${model === 'mlp' ? ':' : ','}width=${String(params['model.width'])},dropout=0.25`,
    );
    expect(summary?.model.name).toMatch(new RegExp(`^${model}:width=${String(params['model.width'])},`));
  }
});

describe('failed trials', () => {
  /** The loss becomes infinite with these rates. */
  const rates = [1e30, 2e30, 3e30, 4e30, 5e30, 0.01];

  it('are recorded and do not stop the sweep', async () => {
    const json = { ...space, optimizer: 'sgd', momentum: 0.9, learningRate: { choice: [1e30, 0.01] } };
    const folder = start({ json, trials: 2, sampler: 'grid' as 'tpe' });
    const { trials, test } = await runSweep(folder, dataset, { command });
    expect(trials.map(({ state }) => state)).toEqual(['failed', 'complete']);
    expect(trials[0].error).toMatch(/loss .*(NaN|Infinity|infinite)/i);
    expect(test?.trial).toBe(1);
  });

  it('stop the sweep if there are five in a row; when it is resumed, it continues', async () => {
    const json = { ...space, optimizer: 'sgd', momentum: 0.9, learningRate: { choice: rates } };
    const folder = start({ json, trials: 6, sampler: 'grid' as 'tpe' });
    await expect(runSweep(folder, dataset, { command })).rejects.toThrow(
      'sweep: 5 trials in a row failed, the last one because of: ',
    );
    const { trials } = await runSweep(folder, dataset, { command });
    expect(trials.map(({ state }) => state)).toEqual([...Array<string>(5).fill('failed'), 'complete']);
  });

  it('leave nothing to score if all failed', async () => {
    const json = { ...space, optimizer: 'sgd', momentum: 0.9, learningRate: { choice: [1e30, 2e30] } };
    const folder = start({ json, trials: 2, sampler: 'grid' as 'tpe' });
    await expect(runSweep(folder, dataset, { command })).rejects.toThrow(
      'sweep: expected a complete trial, got 2 that failed, the last one because of: ',
    );
  });
});

describe('planSweep', () => {
  it('rejects a setting that is in the file and on the command line, and too many trials for a grid', () => {
    const plan = (changes: object) => planSweep({ space, who: 's.json', nameOf: () => '--lr', ...changes });
    expect(() => plan({ settings: { learningRate: 1 } })).toThrow(
      '--lr: is also in s.json as "learningRate"; remove one of them',
    );
    expect(() => planSweep({ space, settings: { learningRate: 1 } })).toThrow(
      'settings.learningRate: is also in space as "learningRate"; remove one of them',
    );
    expect(() => plan({ sampler: 'bayes' })).toThrow(
      'planSweep: sampler: unknown value "bayes"; expected tpe, random, quasi-random or grid',
    );
    expect(() => plan({ trials: 0 })).toThrow('planSweep: trials: expected at least 1, got 0');
    expect(() => plan({ trial: 3 })).toThrow('planSweep: unknown setting "trial"');
    expect(() => plan({ space: [] })).toThrow('s.json: expected an object, got an array');
    const grid = { space: { epochs: { int: [1, 4] } }, sampler: 'grid' };
    expect(plan(grid).target).toBe(4);
    expect(plan({}).target).toBe(50);
    expect(() => plan({ ...grid, trials: 5 })).toThrow(
      'trials: expected at most 4, the number of combinations of the grid, got 5; decrease it, or leave it out',
    );
    expect(
      plan({ ...grid, settings: { dataset: './pets', optimizer: 'sgd' } }).spaceFor([28, 28, 1]),
    ).toEqual({
      epochs: { int: [1, 4] },
      dataset: join(process.cwd(), 'pets'),
      optimizer: 'sgd',
    });
  });
});

it('sweeps are found by name or folder, and listed with broken ones', () => {
  const names = listSweeps(runDir).map(({ folder }) => basename(folder));
  expect(names.slice(0, 2)).toEqual(['sweep-stripes-1', 'sweep-stripes-2']);
  expect(resolveSweepFolder('sweep-stripes-1', runDir)).toBe(join(runDir, 'sweep-stripes-1'));
  expect(resolveSweepFolder(join(runDir, 'sweep-stripes-1'), 'none')).toBe(join(runDir, 'sweep-stripes-1'));
  expect(() => resolveSweepFolder('a', 'none')).toThrow('unknown sweep "a"; there are none in none');
});
