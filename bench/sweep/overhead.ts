/** Measures what a sweep takes besides the training of its trials, one at a time. */
import { readRun } from '#inkling/runs/readRun.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { join } from 'node:path';
import { quantile } from './quantile.js';
import { timeSweep } from './trainedSweep.js';
import { withDigits } from './digits.js';

const IMAGES = 500;
const TRIALS = 40;
const REPETITIONS = 5;

export function measureOverhead() {
  return withDigits(IMAGES, async (path, runDir) => {
    const space = {
      dataset: path,
      model: 'mlp',
      epochs: 1,
      learningRate: { float: [1e-4, 1e-2], log: true },
    };
    const options = { space, trials: TRIALS, sampler: 'tpe', pruner: 'asha' } as const;
    const differences: number[] = [];
    for (let repetition = 0; repetition < REPETITIONS; repetition++) {
      const { sweep, dataset, seconds } = await timeSweep({ ...options, settings: { runDir } }, 1);
      const configs = sweep.trials.map(({ run = '' }) => readRun(join(sweep.folder, run)).config);
      const start = performance.now();
      for (const config of configs) {
        await trainRun({ ...config, runDir: join(runDir, 'alone') }, dataset, {
          command: 'bench/sweep',
          trainsOnly: true,
        });
      }
      differences.push((1000 * seconds - (performance.now() - start)) / TRIALS);
    }
    const [lowest, median, highest] = [0, 0.5, 1].map((fraction) => quantile(differences, fraction));
    return {
      images: IMAGES,
      trials: TRIALS,
      repetitions: REPETITIONS,
      millisecondsPerTrial: { lowest, median, highest },
    };
  });
}
