import type { SavedModel } from '#inkling/index.js';
import type { SplitExamples } from '../../data/splitExamples.js';
import { useResult } from '../useResult.js';
import { featureLayerOf, trainingFeatures, type TrainingFeatures } from './features.js';

/** The features of the training images, computed once they are needed; undefined until then. */
export function useFeatures(
  saved: SavedModel,
  dataset: SplitExamples,
  areNeeded: boolean,
): TrainingFeatures | undefined {
  const layer = featureLayerOf(saved);
  return useResult(
    layer === undefined || !areNeeded
      ? undefined
      : (signal) => trainingFeatures(saved, dataset, layer, signal),
    [saved, dataset, layer, areNeeded],
  );
}
