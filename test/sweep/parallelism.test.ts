import { expect, it } from 'vitest';
import { chooseParallelism } from '#inkling/sweep/parallelism.js';
import { createSweep, planSweep } from '#inkling/sweep/planSweep.js';
import { readSweep } from '#inkling/sweep/sweepFolder.js';
import { runDataset, sharedFolder } from '../helpers/run.js';

const runDir = sharedFolder();
/** The memory of a process with few images. */
const PROCESS = 2 ** 28;

function choose(
  { sampler = 'random', threads }: { sampler?: 'tpe' | 'random'; threads?: number } = {},
  options: Parameters<typeof chooseParallelism>[2] = {},
  freeBytes = 100 * PROCESS,
) {
  const space = {
    model: 'mlp',
    ...(threads !== undefined && { threads }),
    learningRate: { float: [0.1, 1] },
  };
  const plan = planSweep({ space, settings: { runDir }, trials: 20, sampler });
  const sweep = readSweep(createSweep(plan, runDataset));
  return chooseParallelism(sweep, runDataset, options, { cores: 8, freeBytes });
}

it('chooses as many trials as cores', () => {
  expect(choose()).toEqual({ trials: 8, threads: 1, limit: 'cores' });
  expect(choose({ threads: 3 })).toEqual({ trials: 2, threads: 3, limit: 'cores' });
  expect(choose({ threads: 9 })).toEqual({ trials: 1, threads: 9, limit: 'cores' });
});

it('chooses fewer if there are fewer trials, and divides the cores among them', () => {
  expect(choose({}, { target: 3 })).toEqual({ trials: 3, threads: 2, limit: 'trials' });
  expect(choose({}, { target: 0 })).toEqual({ trials: 1, threads: 8, limit: 'trials' });
});

it('chooses at most a quarter of the trials if the sampler learns from them', () => {
  expect(choose({ sampler: 'tpe' })).toEqual({ trials: 5, threads: 1, limit: 'sampler' });
});

it('chooses as many as half of the free memory has room for', () => {
  expect(choose({}, {}, 8.1 * PROCESS)).toEqual({ trials: 4, threads: 2, limit: 'memory' });
  expect(choose({}, {}, PROCESS)).toEqual({ trials: 1, threads: 8, limit: 'memory' });
});

it('does what it is asked', () => {
  expect(choose({}, { asked: 3 }, PROCESS)).toEqual({ trials: 3, threads: 2, limit: 'request' });
  expect(choose({}, { asked: 20 })).toEqual({ trials: 20, threads: 1, limit: 'request' });
});
