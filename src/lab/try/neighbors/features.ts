import { CompiledModel, resolveModel, type SavedModel } from '#inkling/index.js';
import { countTraining, type SplitExamples } from '../../data/splitExamples.js';
import { pause } from '../../pause.js';

/** More training images are not searched, so that it takes seconds on a phone. */
export const MAX_IMAGES = 2000;
/** So many are computed before the page reacts to its user. */
const PIECE = 32;

/** What the last layer of a network receives, for some training images. */
export interface TrainingFeatures {
  /** Positions among the training images. */
  readonly images: readonly number[];
  /** `[images, size]` */
  readonly values: Float32Array;
  readonly size: number;
}

/** A training image, and how far its features are from those of another image. */
export interface Neighbor {
  /** Its position among the training images. */
  readonly image: number;
  /** The cosine distance: 0 for features of the same direction, 1 for unrelated ones, 2 for opposite ones. */
  readonly distance: number;
}

/** The layer whose output the last linear layer receives; undefined if that receives the image itself. */
export function featureLayerOf({ model }: Pick<SavedModel, 'model'>): string | undefined {
  const { layers } = resolveModel(model);
  return layers.at(layers.findLastIndex(({ layer }) => layer.type === 'linear') - 1)?.name;
}

/** The training images that are searched: all, or some at equal distances, which are of all classes. */
export function searchedImages(dataset: SplitExamples): readonly number[] {
  const count = countTraining(dataset);
  const searched = Math.min(count, MAX_IMAGES);
  return Array.from({ length: searched }, (_, i) => Math.floor((i * count) / searched));
}

/**
 * Computes the features of the training images, in pieces between which the page reacts to its user.
 *
 * @param layer that of `featureLayerOf`
 * @throws the signal's reason when it is aborted
 */
export async function trainingFeatures(
  saved: SavedModel,
  dataset: SplitExamples,
  layer: string,
  signal: AbortSignal,
): Promise<TrainingFeatures> {
  const { images, labels } = dataset.train;
  const pixels = images.length / labels.length;
  const searched = searchedImages(dataset);
  const compiled = await CompiledModel.create(saved, { activations: [layer], maxBatchSize: PIECE });
  const pieces: Float32Array[] = [];
  try {
    for (let first = 0; first < searched.length; first += PIECE) {
      const piece = searched.slice(first, first + PIECE);
      const batch = new Uint8Array(piece.length * pixels);
      piece.forEach((image, i) => {
        batch.set(images.subarray(image * pixels, (image + 1) * pixels), i * pixels);
      });
      const { activations } = await compiled.run(batch, { signal });
      pieces.push(activations.get(layer)?.values ?? new Float32Array());
      await pause();
      signal.throwIfAborted();
    }
  } finally {
    await compiled.close();
  }
  const size = pieces.reduce((sum, { length }) => sum + length, 0) / searched.length;
  const values = new Float32Array(size * searched.length);
  pieces.forEach((piece, i) => {
    values.set(piece, i * PIECE * size);
  });
  return { images: searched, values, size };
}

/** The nearest training images, nearest first. */
export function nearest(
  { images, values, size }: TrainingFeatures,
  features: Float32Array,
  count: number,
): readonly Neighbor[] {
  const own = lengthOf(features);
  return images
    .map((image, i) => {
      const other = values.subarray(i * size, (i + 1) * size);
      const product = features.reduce((sum, value, j) => sum + value * other[j], 0);
      // Features that are all zero have no direction.
      return { image, distance: 1 - product / (own * lengthOf(other) || 1) };
    })
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
}

function lengthOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}
