import { basename, join } from 'node:path';
import * as z from 'zod';
import { InklingError } from '../core/errors.js';
import { checkRecord, encodeRecord, parseRecord } from '../core/record.js';
import { sizeOf } from '../core/shape.js';
import { nonEmptyString, positiveInteger, validate } from '../core/validate.js';
import type { Dataset } from '../data/dataset.js';
import { pickImages } from '../data/imageSet.js';
import { kindOf, readBytes, writeFileAtomic } from '../platform/files.js';
import { predictionRecordSchema } from '../runs/predictionRecord.js';
import { recordPredictions } from '../runs/recordPredictions.js';
import { FOLDS_RECORD_FILE } from '../runs/runFiles.js';
import { classificationMetricsSchema, metricsOf } from '../train/metrics.js';
import type { ScoredFolds } from './outOfFold.js';
import type { FoldRun } from './trainFolds.js';

const FORMAT = 1;
/** More than the probabilities of all images that a record may have. */
const MAX_BYTES = 2 ** 28;

const foldsRecordSchema = z.object({
  format: z.literal(FORMAT),
  /** The names of the folders of the runs, in the order of their folds; all are in one folder. */
  runs: z.array(nonEmptyString).min(2).readonly(),
  /** The fold of each image, from 1. */
  folds: z.array(positiveInteger).readonly(),
  /** How well the images of all folds are classified, each by the model that was not trained on it. */
  metrics: classificationMetricsSchema,
  /** The same as for the test images of a run. */
  predictions: predictionRecordSchema,
});

/** What a report shows of a cross-validation besides its runs. */
export type FoldsRecord = Readonly<Omit<z.output<typeof foldsRecordSchema>, 'format'>>;

/** Writes what the models of a cross-validation predict for the images of all folds into the folder of the first fold. */
export function saveFoldsRecord(
  runs: readonly FoldRun[],
  dataset: Dataset,
  { predictions, probabilities }: ScoredFolds,
): void {
  const images = Uint32Array.from(predictions, ({ image }) => image);
  const test = pickImages(dataset.train, images, sizeOf(dataset.shape));
  const scores = {
    losses: Float32Array.from(predictions, ({ loss }) => loss),
    predictions: Int32Array.from(predictions, ({ prediction }) => prediction),
    probabilities,
  };
  const split = { train: images, validation: new Uint32Array() };
  const record = z.encode(foldsRecordSchema, {
    format: FORMAT,
    runs: runs.map(({ folder }) => basename(folder)),
    folds: predictions.map(({ fold }) => fold),
    metrics: metricsOf(scores, test.labels, dataset.classes.length),
    predictions: { format: 2, ...recordPredictions({ ...dataset, test }, split, scores) },
  });
  const [{ folder }] = runs;
  writeFileAtomic(join(folder, FOLDS_RECORD_FILE), new TextEncoder().encode(encodeRecord(record)));
}

/**
 * Reads what was predicted for the images of all folds.
 *
 * @param folder of the run of the first fold
 * @throws {InklingError} when the folder has no such record, or it is damaged
 */
export function readFoldsRecord(folder: string): FoldsRecord {
  const file = join(folder, FOLDS_RECORD_FILE);
  if (kindOf(file) !== 'file') {
    throw new InklingError(
      `run "${folder}": expected the first fold of a cross-validation, whose folder has a file ${FOLDS_RECORD_FILE}, got a fold without; report on the first fold, or cross-validate again if a run failed or another version of Inkling trained it`,
    );
  }
  const text = new TextDecoder().decode(readBytes(file, MAX_BYTES));
  return validate(foldsRecordSchema, checkRecord(parseRecord(text, file), file), file);
}
