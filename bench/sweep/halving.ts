/** Compares a sweep with ASHA with one that trains the same trials to their end. */
import { availableParallelism } from 'node:os';
import { bestTrial, type Trial } from '#inkling/sweep/trial.js';
import { timeSweep } from './trainedSweep.js';
import { withDigits } from './digits.js';

const IMAGES = 1000;
const TRIALS = 60;
const EPOCHS = 16;

export function measureHalving() {
  return withDigits(IMAGES, async (dataset, runDir) => {
    const space = {
      dataset,
      model: 'report-cnn',
      epochs: EPOCHS,
      optimizer: { choice: ['adam', 'sgd', 'nesterov'] },
      momentum: { float: [0.5, 0.98], when: { optimizer: ['sgd', 'nesterov'] } },
      learningRate: { float: [1e-4, 1e-1], log: true },
      batchSize: { int: [32, 128], step: 32 },
    };
    const options = { space, trials: TRIALS, sampler: 'random', settings: { runDir } } as const;
    // One trial at a time: which trials ASHA ends depends on the order in which they come.
    const halving = await timeSweep({ ...options, pruner: 'asha' }, 1);
    const full = await timeSweep({ ...options, pruner: 'none' }, availableParallelism());
    return {
      images: IMAGES,
      trials: TRIALS,
      epochs: EPOCHS,
      asha: resultOf(halving.sweep.trials),
      full: resultOf(full.sweep.trials),
    };
  });
}

function resultOf(trials: readonly Trial[]) {
  return {
    best: bestTrial(trials, 'maximize')?.value,
    epochs: trials.reduce((sum, { epochs }) => sum + epochs.size, 0),
  };
}
