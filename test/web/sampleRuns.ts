import { join } from 'node:path';
import { excludedImages } from '#inkling/data/audit/excludedImages.js';
import type { LoadedDataset } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { loadDataset } from '#inkling/data/load.js';
import { parseConfig } from '#inkling/train/config.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { idx, writeFiles } from '../data/tinySet.js';
import { sharedFolder } from '../helpers/run.js';
import { writeJournal } from '../sweep/journal/writeJournal.js';

/** The name of the data set of {@link sampleRuns}. */
export const SAMPLE = 'sample';

/** Trains two small runs on 2,000 digits in files, which the server reads sooner than it generates the built-in ones. */
export async function sampleRuns(runDir: string) {
  const path = join(sharedFolder(), SAMPLE);
  writeFiles(path, idxFilesOf(generateDigits({ seed: 0, train: 2000, test: 2500 })));
  const dataset = await loadDataset({ name: path });
  // A setting that trainings in a page do not have.
  const exclude = excludedImages(dataset, [0]);
  const train = (seed: number, epochs: number) => {
    const config = parseConfig({
      name: 'mlp-digits',
      model: 'mlp',
      dataset: path,
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

function idxFilesOf({ train, test }: LoadedDataset): Record<string, Uint8Array> {
  const of = (prefix: string, { images, labels }: LoadedDataset['train']) => ({
    [`${prefix}-images-idx3-ubyte`]: idx([labels.length, 28, 28], [...images]),
    [`${prefix}-labels-idx1-ubyte`]: idx([labels.length], [...labels]),
  });
  return { ...of('train', train), ...of('t10k', test) };
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
