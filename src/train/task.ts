import type { Dataset } from '../data/dataset.js';
import { type Split, splitOf } from '../data/split.js';
import type { ResolvedModel } from '../models/resolved.js';
import { hardwareThreads } from '../platform/node.js';
import { assertFits } from './assertFits.js';
import type { Config } from './config.js';

/** A model, a data set and settings that fit together, with what follows from them. */
export interface TrainingTask {
  readonly model: ResolvedModel;
  readonly dataset: Dataset;
  readonly config: Config;
  /** Which of the data set's training images are trained on, and which are validated on. */
  readonly split: Split;
  /** Worker threads to run on. */
  readonly threads: number;
}

/** @throws {InklingError} when model and data set do not fit together, or there are too few images to split */
export function trainingTask(model: ResolvedModel, dataset: Dataset, config: Config): TrainingTask {
  assertFits(model, dataset);
  const threads = config.threads ?? hardwareThreads();
  return { model, dataset, config, split: splitOf(dataset, config.splitSeed), threads };
}
