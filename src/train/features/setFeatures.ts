import { unlessAborted } from '../../core/unlessAborted.js';
import type { FeatureProgress } from '../events.js';
import type { Session } from '../session.js';
import type { TrainingTask } from '../task.js';
import type { TrainingHooks } from '../trainingHooks.js';
import { computeFeatures } from './computeFeatures.js';

/** What a model's first layers output for the training images. */
export interface KnownFeatures {
  /** The number of these layers. */
  readonly fixedLayers: number;
  /** `[views, images, height, width, channels]` */
  readonly values: Float32Array;
}

/**
 * Computes the features of the images.
 *
 * @param fixedLayers the number of layers that compute them, at least 1
 * @returns undefined if that was interrupted
 */
export async function setFeatures(
  session: Session,
  task: TrainingTask,
  fixedLayers: number,
  { signal, onEvent, featureCache }: TrainingHooks,
): Promise<KnownFeatures | undefined> {
  const source = { task, weights: await session.weights(), fixedLayers };
  const onProgress = (progress: FeatureProgress) => onEvent?.({ type: 'features', ...progress });
  const options = { signal, onProgress, cache: featureCache };
  const values = await unlessAborted(signal, computeFeatures(source, options));
  if (values === undefined) return undefined;
  session.setFeatures(values);
  return { fixedLayers, values };
}
