import { checkValues } from '../core/arguments/checkOptions.js';
import { listOf } from '../core/arguments/records.js';
import * as kinds from '../core/arguments/kinds.js';
import { csvCell } from '../core/untrusted.js';
import { reasonsText } from './doubt.js';
import { DEFAULT_TOP } from './ranking.js';
import { confidenceOf, doubtOf, type FilePrediction, labelOf, type Prediction } from './predictions.js';

/** The JSON value for a file: a prediction, an error, or a number with its digits. */
export function predictionJson(prediction: FilePrediction): object {
  if ('error' in prediction) return prediction;
  const { file, images, note } = prediction;
  const noted = { file, ...(note === undefined ? {} : { note }) };
  if (images.length === 1) return { ...noted, ...images[0] };
  return {
    ...noted,
    number: labelOf(images),
    confidence: confidenceOf(images),
    ...doubtOf(images),
    digits: images,
  };
}

const FILES = listOf('predictions of files', ['file'], 'await Array.fromAsync(predictFiles(…))');
const IMAGES = listOf('predictions', ['class'], 'await predictTable(…)');

/**
 * A CSV table with one row per file (RFC 4180).
 *
 * @param count how many classes each row names, by default 2
 * @throws {UsageError} for anything but predictions
 */
export function predictionsCsv(predictions: readonly FilePrediction[], count = DEFAULT_TOP): string {
  checkValues('predictionsCsv', { predictions, count }, { predictions: FILES, count: kinds.count });
  const ranks = Array.from({ length: count }, (_, i) => i + 1);
  const header = [
    'file',
    'error',
    ...ranks.flatMap((n) => (n === 1 ? ['class', 'confidence'] : [`class ${n}`, `confidence ${n}`])),
    'doubtful',
    'reasons',
  ];
  const rows = predictions.map((prediction) => {
    if ('error' in prediction) return [prediction.file, prediction.error];
    const { file, images } = prediction;
    const ranked =
      images.length > 1 ? [{ class: labelOf(images), confidence: confidenceOf(images) }] : images[0].top;
    const cells = ranks.flatMap((n) => {
      const at = ranked.at(n - 1);
      return at === undefined ? ['', ''] : [at.class, String(at.confidence)];
    });
    const { doubtful, reasons } = doubtOf(images);
    return [file, '', ...cells, String(doubtful), reasonsText(reasons)];
  });
  return [header, ...rows]
    .map((row) => `${header.map((_, i) => csvCell(row.at(i) ?? '')).join(',')}\n`)
    .join('');
}

/** A submission for Kaggle's Digit Recognizer: `ImageId,Label`, one row per image, numbered from 1. */
export function kaggleCsv(predictions: readonly Prediction[]): string {
  checkValues('kaggleCsv', { predictions }, { predictions: IMAGES });
  const rows = predictions.map((prediction, at) => `${at + 1},${csvCell(prediction.class)}\n`);
  return ['ImageId,Label\n', ...rows].join('');
}
