/** Measures whole sweeps with one trial at a time on all cores, and with one trial per core. */
import { availableParallelism } from 'node:os';
import { quantile } from './quantile.js';
import { timeSweep } from './trainedSweep.js';
import { withDigits } from './digits.js';

const IMAGES = 4000;
const TRIALS = 8;
const EPOCHS = 4;
const REPETITIONS = 3;
const MODELS = ['report-cnn', 'mlp'];

export function measureParallel() {
  return withDigits(IMAGES, async (dataset, runDir) => {
    const rows = MODELS.flatMap((model) =>
      [1, availableParallelism()].map((parallel) => ({ model, parallel, seconds: [] as number[] })),
    );
    for (let repetition = 0; repetition < REPETITIONS; repetition++) {
      for (const { model, parallel, seconds } of rows) {
        const space = { dataset, model, epochs: EPOCHS, learningRate: { float: [1e-4, 1e-2], log: true } };
        const options = { space, trials: TRIALS, sampler: 'random', pruner: 'none' } as const;
        seconds.push((await timeSweep({ ...options, settings: { runDir } }, parallel)).seconds);
      }
    }
    return {
      images: IMAGES,
      trials: TRIALS,
      epochs: EPOCHS,
      repetitions: REPETITIONS,
      rows: rows.map(({ seconds, ...row }) => ({ ...row, seconds: quantile(seconds, 0.5) })),
    };
  });
}
