import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { pickImages } from '../../data/imageSet.js';
import type { DownloadProgress } from '../../data/files/download.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import { resolveModel } from '../../models/resolve.js';
import { hardwareThreads } from '../../platform/host.js';
import type { Config } from '../../train/config.js';
import { scoreTrained } from '../../train/evaluate.js';
import type { TrainingEvent } from '../../train/events.js';
import { openModel } from '../../train/openModel.js';
import { trainModel } from '../../train/trainModel.js';
import { featureCache } from '../dataset/featureCache.js';
import { partsOf } from '../dataset/runParts.js';
import { startingModel } from '../start/startingModel.js';

/** What a caller learns, and how it can end it. */
export interface OutOfFoldHooks {
  /** Called with the events of the training of each fold, from 1. */
  readonly onEvent?: ((fold: number, event: TrainingEvent) => void) | undefined;
  /** Called whenever a part of the weights of a backbone has arrived. */
  readonly onDownload?: ((progress: DownloadProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Predicts each training image with a model that was trained on the other folds. It is the model of the last epoch: one that is selected by
 * the images of the fold would agree more with their labels.
 *
 * @param dataset whose validation images, if it defines any, are training images here
 * @param config with the number of folds
 * @returns probabilities, `[images, classes]`
 * @throws {InklingError} when a class has fewer images than there are folds, or training fails
 * @throws the signal's reason when it is aborted
 */
export async function predictOutOfFold(
  dataset: Dataset,
  config: Config & { readonly folds: number },
  { onEvent, onDownload, signal }: OutOfFoldHooks,
): Promise<Float32Array> {
  const { folds, threads = hardwareThreads() } = config;
  const { shape, train, classes } = dataset;
  const starting = await startingModel(config, dataset, { signal, onDownload });
  const model = resolveModel(
    starting?.model ?? openModel(config.model, { input: shape, classes: classes.length }),
  );
  const probabilities = new Float32Array(train.labels.length * classes.length);
  for (let fold = 1; fold <= folds; fold++) {
    const split = partsOf(dataset, { ...config, fold });
    let last: SavedModel | undefined;
    await trainModel(
      { model, dataset, config, split, threads },
      {
        signal,
        // The outputs of frozen layers are the same for all folds.
        featureCache: featureCache(),
        onEvent: (event) => onEvent?.(fold, event),
        onCheckpoint: (which, saved) => {
          if (which === 'last') last = saved;
        },
      },
      { backbone: starting },
    );
    signal?.throwIfAborted();
    if (last === undefined) throw new Error(`fold ${fold} has no model`);
    const images = pickImages(train, split.validation, sizeOf(shape));
    const scored = await scoreTrained(last, images, { threads, signal });
    split.validation.forEach((image, i) => {
      const row = scored.probabilities.subarray(i * classes.length, (i + 1) * classes.length);
      probabilities.set(row, image * classes.length);
    });
  }
  return probabilities;
}
