import { InklingError } from '../core/errors.js';
import { toUnitFloats } from '../core/pixels.js';
import { formatShape } from '../core/shape.js';
import { parseCsvImages } from '../data/csv/parseCsv.js';
import { MAX_CSV_BYTES } from '../data/csv/loadCsv.js';
import { readBytes } from '../platform/files.js';
import { Classifier } from './classifier.js';
import { type Prediction, predictionsOf } from './predictions.js';
import { DEFAULT_TOP } from './ranking.js';
import type { TrainedModel } from './trainedModel.js';

/** Bounds the memory that the pixels of a batch take as floats. */
const BATCH_SIZE = 1024;

/**
 * Classifies the images in a CSV file of pixels; see `parseCsvImages` for its columns.
 *
 * @param top how many classes to rank for each image, at least 1
 * @throws {InklingError} when the table is malformed, or its images do not have the model's input shape
 */
export async function predictTable(
  trained: TrainedModel,
  file: string,
  top = DEFAULT_TOP,
): Promise<Prediction[]> {
  const { pixels, side } = parseCsvImages(readBytes(file, MAX_CSV_BYTES), file);
  const { input, name } = trained.saved.model;
  const shape = formatShape([side, side, 1]);
  if (shape !== formatShape(input)) {
    throw new InklingError(
      `${file}: contains images of ${shape}, but ${name} expects ${formatShape(input)}; use a model trained on images of that size`,
    );
  }
  const classifier = await Classifier.create(trained.saved);
  const predictions: Prediction[] = [];
  const batchBytes = BATCH_SIZE * side * side;
  for (let start = 0; start < pixels.length; start += batchBytes) {
    const inputs = { pixels: toUnitFloats(pixels.subarray(start, start + batchBytes)), concerns: [] };
    predictions.push(...predictionsOf(inputs, classifier.logits(inputs.pixels), trained, top));
  }
  return predictions;
}
