import { unlessAborted } from '../../core/unlessAborted.js';
import type { FeatureProgress } from '../events.js';
import type { Session } from '../session.js';
import type { TrainingTask } from '../task.js';
import type { TrainingHooks } from '../trainingHooks.js';
import { computeFeatures } from './computeFeatures.js';

/**
 * Computes the features of the images, if the first layers are fixed.
 *
 * @returns false if that was interrupted
 */
export async function setFeatures(
  session: Session,
  task: TrainingTask,
  fixedLayers: number,
  { signal, onEvent, featureCache }: TrainingHooks,
): Promise<boolean> {
  if (fixedLayers === 0) return true;
  const source = { task, weights: await session.weights(), fixedLayers, simd: session.simd };
  const onProgress = (progress: FeatureProgress) => onEvent?.({ type: 'features', ...progress });
  const options = { signal, onProgress, cache: featureCache };
  const features = await unlessAborted(signal, computeFeatures(source, options));
  if (features !== undefined) session.setFeatures(features);
  return features !== undefined;
}
