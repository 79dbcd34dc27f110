import { sizeOf } from '../../core/shape.js';
import { teamOf } from '../../engine/teamOf.js';
import { CompiledModel } from '../../predict/compiledModel.js';
import type { Weights } from '../../models/weights.js';
import type { FeatureProgress } from '../events.js';
import { modelDefinitionOf } from '../state/snapshots.js';
import type { TrainingTask } from '../task.js';
import { imageViews, viewsOf } from './imageViews.js';

/** What features depend on besides the training images. */
export interface FeatureSource {
  readonly task: TrainingTask;
  /** All weights of the model. */
  readonly weights: Weights;
  /** The number of layers at the start of the model that compute the features. */
  readonly fixedLayers: number;
}

/** Keeps features for later training with the same images and layers. */
export interface FeatureCache {
  /** The features, if they are known. */
  read(source: FeatureSource, length: number): Promise<Float32Array | undefined>;
  write(source: FeatureSource, features: Float32Array): Promise<void>;
}

/** What a caller learns of the computation, and how it can end it. */
export interface FeatureOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FeatureProgress) => void) | undefined;
  readonly cache?: FeatureCache | undefined;
}

/**
 * The outputs of a model's first layers for all views of all training images.
 *
 * @returns `[views, images, height, width, channels]`
 * @throws {InklingError} when the memory cannot be allocated
 * @throws the signal's reason when it is aborted
 */
export async function computeFeatures(
  source: FeatureSource,
  { signal, onProgress, cache }: FeatureOptions,
): Promise<Float32Array> {
  const { task, weights, fixedLayers } = source;
  const { name, output } = task.model.layers[fixedLayers - 1];
  const total = viewsOf(task.config) * task.dataset.train.labels.length;
  const size = sizeOf(output.shape);
  const known = await cache?.read(source, total * size);
  if (known !== undefined) return known;
  const features = new Float32Array(total * size);
  const saved = { ...modelDefinitionOf(task), weights, batches: 0 };
  const model = await CompiledModel.create(saved, { engine: teamOf(task.threads), activations: [name] });
  try {
    const bytes = sizeOf(task.dataset.shape);
    let done = 0;
    for await (const pixels of imageViews(task)) {
      const { activations } = await model.run(pixels, { signal });
      const computed = activations.get(name);
      if (computed === undefined) throw new Error(`expected the output of ${name}`);
      features.set(computed.values, done * size);
      done += pixels.length / bytes;
      onProgress?.({ done, total });
    }
  } finally {
    await model.close();
  }
  await cache?.write(source, features);
  return features;
}
