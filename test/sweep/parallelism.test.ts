import { expect, it } from 'vitest';
import { chooseSeriesParallelism, chooseTrialParallelism, threadsOfRun } from '#inkling/sweep/parallelism.js';
import { type PartialConfig, parseConfig } from '#inkling/train/config.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import { readSweep } from '#inkling/sweep/sweepFolder.js';
import { runDataset, sharedFolder } from '../helpers/run.js';

const runDir = sharedFolder();
/** The memory of a process with few images. */
const PROCESS = 2 ** 28;

function choose(
  { sampler = 'random', threads }: { sampler?: 'tpe' | 'random'; threads?: number } = {},
  options: Parameters<typeof chooseTrialParallelism>[2] = {},
  freeBytes = 100 * PROCESS,
) {
  const space = {
    model: 'mlp',
    ...(threads !== undefined && { threads }),
    learningRate: { float: [0.1, 1] },
  };
  const plan = planSweep({ space, settings: { runDir }, trials: 20, sampler });
  const sweep = readSweep(createSweep(plan, runDataset));
  return chooseTrialParallelism(sweep, runDataset, options, { cores: 8, freeBytes });
}

it('chooses as many trials as cores', () => {
  expect(choose()).toEqual({ runs: 8, threads: 1, limit: 'cores' });
  expect(choose({ threads: 3 })).toEqual({ runs: 2, threads: 3, limit: 'cores' });
  expect(choose({ threads: 9 })).toEqual({ runs: 1, threads: 9, limit: 'cores' });
});

it('chooses fewer if there are fewer trials, and divides the cores among them', () => {
  expect(choose({}, { target: 3 })).toEqual({ runs: 3, threads: 2, limit: 'runs' });
  expect(choose({}, { target: 0 })).toEqual({ runs: 1, threads: 8, limit: 'runs' });
});

it('chooses at most a quarter of the trials if the sampler learns from them', () => {
  expect(choose({ sampler: 'tpe' })).toEqual({ runs: 5, threads: 1, limit: 'sampler' });
});

it('chooses as many as half of the free memory has room for', () => {
  expect(choose({}, {}, 8.1 * PROCESS)).toEqual({ runs: 4, threads: 2, limit: 'memory' });
  expect(choose({}, {}, PROCESS)).toEqual({ runs: 1, threads: 8, limit: 'memory' });
});

it('does what it is asked', () => {
  expect(choose({}, { asked: 3 }, PROCESS)).toEqual({ runs: 3, threads: 2, limit: 'request' });
  expect(choose({}, { asked: 20 })).toEqual({ runs: 20, threads: 1, limit: 'request' });
});

it('chooses as many seeds as cores, unless one run does work for the others', () => {
  const machine = { cores: 4, freeBytes: 100 * PROCESS };
  const seeds = (settings: PartialConfig, runs: number) =>
    chooseSeriesParallelism(parseConfig(settings), runDataset, { runs }, machine);
  expect(seeds({}, 9)).toEqual({ runs: 4, threads: 1, limit: 'cores' });
  expect(seeds({}, 2)).toEqual({ runs: 2, threads: 2, limit: 'runs' });
  expect(seeds({ initFrom: 'a', freeze: ['conv1'] }, 9)).toEqual({ runs: 1, threads: 4, limit: 'features' });
  // Each run then has other views of the images.
  expect(seeds({ backbone: 'mobilenet-v2', augment: { flip: true } }, 9)).toMatchObject({ runs: 4 });
});

it('chooses one seed after the other with two cores, where several are no faster', () => {
  const machine = { cores: 2, freeBytes: 100 * PROCESS };
  const seeds = (asked?: number) =>
    chooseSeriesParallelism(parseConfig({}), runDataset, { runs: 9, asked }, machine);
  expect(seeds()).toEqual({ runs: 1, threads: 2, limit: 'fewCores' });
  expect(seeds(2)).toEqual({ runs: 2, threads: 1, limit: 'request' });
});

it('lets the last runs share all cores', () => {
  const threads = (runs: number, parallel: number, cores: number) =>
    Array.from({ length: runs }, (_, index) => threadsOfRun(index, runs, parallel, cores));
  expect(threads(3, 2, 2)).toEqual([1, 1, 2]);
  expect(threads(4, 2, 2)).toEqual([1, 1, 1, 1]);
  expect(threads(7, 4, 8)).toEqual([2, 2, 2, 2, 2, 2, 2]);
  expect(threads(5, 4, 8)).toEqual([2, 2, 2, 2, 8]);
  expect(threads(2, 1, 8)).toEqual([8, 8]);
});
