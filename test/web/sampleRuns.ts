import { join } from 'node:path';
import { excludedImages } from '#inkling/data/audit/excludedImages.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { parseConfig } from '#inkling/train/config.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { writeJournal } from '../sweep/journal/writeJournal.js';

/** Trains two small runs on the built-in digits, with the same test images as the server. */
export async function sampleRuns(runDir: string) {
  const dataset = generateDigits({ seed: 0, train: 2000, test: 10_000 });
  // A setting that trainings in a page do not have.
  const exclude = excludedImages(dataset, [0]);
  const train = (seed: number, epochs: number) => {
    const config = parseConfig({
      model: 'mlp',
      dataset: 'digits',
      epochs,
      seed,
      exclude,
      threads: 2,
      runDir,
    });
    return trainRun(config, dataset, { command: 'inkling train', onEvent: () => undefined });
  };
  return [await train(0, 4), await train(1, 2)] as const;
}

/** Writes the journal of a sweep with a trial that is running. */
export function sampleSweep(runDir: string) {
  const folder = join(runDir, 'sweep-digits-1');
  const journal = writeJournal(folder, {
    space: {
      optimizer: { choice: ['adam', 'sgd'] },
      momentum: { float: [0.5, 0.95], when: { optimizer: ['sgd'] } },
      learningRate: { float: [0.0001, 0.1], log: true },
    },
    trials: [
      { params: { optimizer: 'adam', learningRate: 0.001 }, values: [0.6, 0.91], state: 'complete' },
      { params: { optimizer: 'sgd', momentum: 0.9, learningRate: 0.09 }, values: [0.2], state: 'pruned' },
      { params: { optimizer: 'adam', learningRate: 0.1 }, state: 'failed', error: 'the loss is NaN' },
      { params: { optimizer: 'sgd', momentum: 0.6, learningRate: 0.01 }, values: [0.5] },
    ],
    target: 6,
  });
  return { folder, journal };
}
