import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { readRun } from '#inkling/runs/readRun.js';
import { selectedTrial } from '#inkling/sweep/finalists/finalists.js';
import type { SeedRun } from '#inkling/sweep/journal/records.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import { runSweep } from '#inkling/sweep/runSweep.js';
import { readSweep, stateOfSweep } from '#inkling/sweep/sweepFolder.js';
import { runDataset as dataset, sharedFolder } from '../../helpers/run.js';
import { beforeLine, crashBeforeLines, linesOf as journalLines } from '../journal/journalLines.js';

const runDir = sharedFolder();
const command = 'inkling sweep';
const space = { model: 'mlp', epochs: 2, batchSize: 32, threads: 1, seed: 7 };

function start({ seeds = 2, learningRate = [0.05, 0.01] } = {}): string {
  const json = { ...space, learningRate: { choice: learningRate } };
  const strategy = { sampler: 'grid', pruner: 'none' } as const;
  return createSweep(planSweep({ space: json, settings: { runDir }, seeds, ...strategy }), dataset);
}

/** Without the numbers of the runs with other seeds. */
function linesOf(folder: string): string[] {
  return journalLines(folder).map((line) => line.replaceAll(/(seed-\d+)-\d+"/g, '$1"'));
}

afterEach(() => {
  setFileOperationHook(undefined);
});

describe('the finalists of a sweep', () => {
  let whole: string;
  const seen: SeedRun[] = [];
  beforeAll(async () => {
    whole = start();
    await runSweep(whole, dataset, { command, onSeedRun: (run) => seen.push(run) });
  });

  it('are trained with other seeds on the same validation images, and recorded', () => {
    const { seedRuns, trials, definition } = readSweep(whole);
    expect(definition.seeds).toEqual([8, 9]);
    expect(seedRuns).toEqual(seen);
    const best = [...trials].sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
    expect(seedRuns.map(({ trial, seed }) => [trial, seed])).toEqual(
      best.flatMap(({ number }) => [8, 9].map((seed) => [number, seed])),
    );
    for (const { trial, seed, run = '', value } of seedRuns) {
      expect(run).toBe(`trial-${trial}-seed-${seed}-1`);
      const { config, summary } = readRun(join(whole, run));
      const own = readRun(join(whole, trials[trial].run ?? '')).config;
      expect(config).toEqual({ ...own, seed, name: `trial-${trial}-seed-${seed}` });
      expect(value).toBe(
        Math.max(...(summary?.epochs.map(({ validationAccuracy }) => validationAccuracy) ?? [])),
      );
    }
  });

  it('are compared by their means, and only the run of the best one with the seed of the sweep is scored', () => {
    const sweep = readSweep(whole);
    expect(stateOfSweep(sweep)).toBe('done');
    const sums = sweep.trials.map(({ number }) =>
      sweep.seedRuns.reduce((sum, { trial, value = 0 }) => (trial === number ? sum + value : sum), 0),
    );
    const selected = sums.indexOf(Math.max(...sums));
    expect(selectedTrial(sweep)?.number).toBe(selected);
    expect(sweep.test?.trial).toBe(selected);
    const scored = readdirSync(whole)
      .filter((name) => name.startsWith('trial-'))
      .filter((name) => readRun(join(whole, name)).summary?.test !== undefined);
    expect(scored).toEqual([`trial-${selected}-1`]);
  });

  it('are trained on when the sweep crashes at any of these lines and is resumed', async () => {
    const folder = start();
    await crashBeforeLines(folder, [11, 12, 13, 14, 18, 19], () => {
      expect(stateOfSweep(readSweep(folder))).toBe('unfinished');
      return runSweep(folder, dataset, { command });
    });
    expect(linesOf(folder)).toEqual(linesOf(whole));
  });

  it.each([12, 14])(
    'have the same results when the sweep is interrupted at line %d and resumed',
    async (nth) => {
      const folder = start();
      const controller = new AbortController();
      beforeLine(folder, nth, () => {
        controller.abort();
      });
      const interrupted = await runSweep(folder, dataset, { command, signal: controller.signal });
      setFileOperationHook(undefined);
      expect([stateOfSweep(interrupted), interrupted.test]).toEqual(['unfinished', undefined]);
      const { seedRuns, test } = await runSweep(folder, dataset, { command });
      const { seedRuns: expected, test: score } = readSweep(whole);
      const results = (runs: readonly SeedRun[]) =>
        runs.map(({ trial, seed, value }) => [trial, seed, value]);
      expect(results(seedRuns)).toEqual(results(expected));
      expect(test).toEqual(score);
    },
  );

  it('are none with one seed', async () => {
    const folder = start({ seeds: 1 });
    const { seedRuns, definition } = await runSweep(folder, dataset, { command });
    expect([seedRuns, definition.seeds]).toEqual([[], []]);
  });
});

describe('planSweep', () => {
  it('plans as many seeds after that of the sweep', () => {
    const plan = (seeds: number) => planSweep({ space: { ...space, epochs: { int: [1, 2] } }, seeds }).seeds;
    expect(plan(3)).toEqual([8, 9, 10]);
    expect(() => plan(0)).toThrow('seeds: expected at least 1, got 0');
    expect(() => plan(1.5)).toThrow('seeds: expected a whole number, got 1.5');
    expect(() => plan(1001)).toThrow('seeds: expected at most 1000, got 1001');
  });
});
