import { concatenate } from '../core/arrays.js';
import { sizeOf } from '../core/shape.js';
import type { ImageSet, LoadedImageSet } from '../data/dataset.js';
import { loadedParts } from '../data/imageSet.js';
import type { CompiledModel } from './compiledModel.js';
import { argmax, logSumExp } from './softmax.js';
import { viewsOf } from './views.js';
import type { ViewSettings } from './viewSettings.js';

/** How well a model classifies labeled images. */
export interface Scores {
  /** Cross-entropy of each image. */
  readonly losses: Float32Array;
  /** The predicted class of each. */
  readonly predictions: Int32Array;
}

/** Scores and the predicted probabilities. */
export interface ScoredImages extends Scores {
  /** `[images, classes]` */
  readonly probabilities: Float32Array;
}

/** How images are scored. */
export interface ScoreOptions {
  /** Test-time augmentation: scores the mean probabilities over several views of each image. */
  readonly tta?: ViewSettings | undefined;
  /** Ends scoring after the current batch. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Scores a model on labeled images.
 *
 * @throws {InklingError} when the images do not have the model's input shape, or a worker fails
 * @throws the signal's reason when it is aborted
 */
export async function scoreImages(
  model: CompiledModel,
  set: ImageSet,
  options: ScoreOptions = {},
): Promise<ScoredImages> {
  const scored: ScoredImages[] = [];
  for (const part of loadedParts(set, sizeOf(model.saved.model.input))) {
    scored.push(await scoreLoaded(model, part, options));
  }
  return {
    losses: concatenate(scored.map(({ losses }) => losses)),
    predictions: Int32Array.from(scored.flatMap(({ predictions }) => [...predictions])),
    probabilities: concatenate(scored.map(({ probabilities }) => probabilities)),
  };
}

async function scoreLoaded(
  model: CompiledModel,
  { images, labels }: LoadedImageSet,
  { tta, signal }: ScoreOptions,
): Promise<ScoredImages> {
  if (labels.length === 0) {
    return { losses: new Float32Array(), predictions: new Int32Array(), probabilities: new Float32Array() };
  }
  if (tta !== undefined) {
    const probabilities = await averageViews(model, images, tta, signal);
    const rows = rowsOf(probabilities, labels.length);
    return {
      losses: Float32Array.from(rows, (row, i) => -Math.log(Math.max(row[labels[i]], Number.MIN_VALUE))),
      predictions: Int32Array.from(rows, argmax),
      probabilities,
    };
  }
  const { logits, probabilities } = await model.run(images, { signal });
  const rows = rowsOf(logits, labels.length);
  return {
    losses: Float32Array.from(rows, (row, i) => logSumExp(row) - row[labels[i]]),
    predictions: Int32Array.from(rows, argmax),
    probabilities,
  };
}

/** The mean of a model's probabilities over several views of each image, `[images, classes]`. */
async function averageViews(
  model: CompiledModel,
  images: Uint8Array,
  tta: ViewSettings,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const { input } = model.saved.model;
  const views = viewsOf(tta, input);
  const size = input[0] * input[1] * input[2];
  const count = images.length / size;
  const sums = new Float64Array(count * model.saved.classes.length);
  const seen = new Uint8Array(images.length);
  for (const view of views) {
    for (let at = 0; at < images.length; at += size) seen.set(view(images.subarray(at, at + size)), at);
    const { probabilities } = await model.run(seen, { signal });
    probabilities.forEach((probability, i) => (sums[i] += probability));
  }
  return Float32Array.from(sums, (sum) => sum / views.length);
}

function rowsOf(values: Float32Array, rows: number): Float32Array[] {
  const length = values.length / rows;
  return Array.from({ length: rows }, (_, row) => values.subarray(row * length, (row + 1) * length));
}
