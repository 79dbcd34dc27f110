import type { CompiledModel } from './compiledModel.js';
import { argmax, logSumExp } from './softmax.js';
import { type ViewSettings, viewsOf } from './views.js';

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

/** Images with their classes. */
interface LabeledImages {
  /** `[count][height, width, channels]`, from 0 to 255 */
  readonly images: Uint8Array;
  /** `[count]` */
  readonly labels: Uint8Array;
}

/**
 * Scores a model on labeled images: with `tta`, on its mean probabilities over several views of each.
 *
 * @throws {InklingError} when the images do not have the model's input shape, or a worker fails
 */
export async function scoreImages(
  model: CompiledModel,
  { images, labels }: LabeledImages,
  tta: ViewSettings | undefined,
): Promise<ScoredImages> {
  if (labels.length === 0) {
    return { losses: new Float32Array(), predictions: new Int32Array(), probabilities: new Float32Array() };
  }
  if (tta !== undefined) {
    const probabilities = await averageViews(model, images, tta);
    const rows = rowsOf(probabilities, labels.length);
    return {
      losses: Float32Array.from(rows, (row, i) => -Math.log(Math.max(row[labels[i]], Number.MIN_VALUE))),
      predictions: Int32Array.from(rows, argmax),
      probabilities,
    };
  }
  const { logits, probabilities } = await model.run(images);
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
): Promise<Float32Array> {
  const { input } = model.saved.model;
  const views = viewsOf(tta, input);
  const size = input[0] * input[1] * input[2];
  const count = images.length / size;
  const sums = new Float64Array(count * model.saved.classes.length);
  const seen = new Uint8Array(images.length);
  for (const view of views) {
    for (let at = 0; at < images.length; at += size) seen.set(view(images.subarray(at, at + size)), at);
    const { probabilities } = await model.run(seen);
    probabilities.forEach((probability, i) => (sums[i] += probability));
  }
  return Float32Array.from(sums, (sum) => sum / views.length);
}

function rowsOf(values: Float32Array, rows: number): Float32Array[] {
  const length = values.length / rows;
  return Array.from({ length: rows }, (_, row) => values.subarray(row * length, (row + 1) * length));
}
