import type { Dataset } from '../data/dataset.js';
import { type Split, splitOf } from '../data/split.js';
import type { ResolvedModel } from '../models/resolved.js';
import { hardwareThreads } from '../platform/host.js';
import { assertFits } from './assertFits.js';
import type { Config } from './config.js';

/** A model, a data set and settings that fit together, and what follows from them. */
export interface TrainingTask {
  readonly model: ResolvedModel;
  readonly dataset: Dataset;
  readonly config: Config;
  /** The training and validation images, as indices into the data set's training images. */
  readonly split: Split;
  /** Number of worker threads. */
  readonly threads: number;
}

/**
 * @param threads unless the configuration states their number
 * @throws {InklingError} when model and data set do not fit together, or there are too few training images to split
 */
export function trainingTask(
  model: ResolvedModel,
  dataset: Dataset,
  config: Config,
  threads = hardwareThreads(),
): TrainingTask {
  assertFits(model, dataset);
  const split = splitOf(dataset, config.splitSeed, config.split);
  return { model, dataset, config, split, threads: config.threads ?? threads };
}
