import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as originalReport from '../core/originalReport.js';
import type { Dataset } from '../data/dataset.js';
import { matchClasses } from '../data/matchClasses.js';
import { splitOf } from '../data/split.js';
import { teamOf } from '../engine/teamOf.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { resolveModel } from '../models/resolve.js';
import { hardwareThreads } from '../platform/host.js';
import { assertFits } from '../train/assertFits.js';
import { calibrateOnValidation } from '../train/calibrateOnValidation.js';

/** How to calibrate a model. */
export interface CalibrationOptions {
  /** Selects the validation images, unless the data set defines them: that of the training, by default 42. */
  readonly splitSeed?: number | undefined;
  /** Number of worker threads; by default one per core. */
  readonly threads?: number | undefined;
  /** Ends it after the current batch. */
  readonly signal?: AbortSignal | undefined;
}

const OPTIONS: OptionKinds<CalibrationOptions> = {
  splitSeed: kinds.index,
  threads: kinds.count,
  signal: kinds.signal,
};

/**
 * Calibrates a model on the validation images of a data set, as `fit` does, but without cross-fitting: for weights that were trained by another program, or to
 * calibrate a model for other images.
 *
 * @param dataset with validation images that the model was not trained on; its classes are matched by name
 * @returns the model with its calibration
 * @throws {UsageError} for anything but a trained model and a data set
 * @throws {InklingError} when the model does not fit the data set, or the data set has too few images
 * @throws the signal's reason when it is aborted
 */
export async function calibrateModel(
  saved: SavedModel,
  dataset: Dataset,
  options: CalibrationOptions = {},
): Promise<SavedModel> {
  checkArguments('calibrateModel', { saved, dataset });
  checkOptions('calibrateModel', options, OPTIONS);
  const { splitSeed = originalReport.splitSeed.value, threads = hardwareThreads(), signal } = options;
  const matched = matchClasses(dataset, saved.classes);
  const model = resolveModel(saved.model);
  assertFits(model, matched);
  const task = { model, dataset: matched, split: splitOf(matched, splitSeed) };
  // The logits of the other epochs of its training are unknown.
  const selection = saved.training !== undefined && saved.dataset === dataset.name ? 'same-images' : 'none';
  const calibration = await calibrateOnValidation(saved, task, {
    engine: teamOf(threads),
    signal,
    selection,
  });
  return { ...saved, calibration };
}
