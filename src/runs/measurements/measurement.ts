import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { checkValues } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import * as records from '../../core/arguments/records.js';
import { UsageError } from '../../core/errors.js';
import { checkRecord, encodeRecord, parseRecord } from '../../core/record.js';
import { validate } from '../../core/validate.js';
import { MAX_CHECKPOINT_BYTES } from '../../interop/checkpoint.js';
import { kindOf, readBytes, writeFileAtomic } from '../../platform/files.js';
import { BEST_CHECKPOINT } from '../../predict/load.js';
import { embeddingSchema } from './embedding.js';
import { robustnessSchema } from './robustness.js';

/** What is measured of a run's best weights on request, after training, and what it is called in messages. */
const MEASUREMENTS = {
  robustness: { file: 'robustness.json', schema: robustnessSchema, flag: 'corruptions' },
  embedding: { file: 'embedding.json', schema: embeddingSchema, flag: 'embedding' },
} as const;

/** The name of what is measured: `robustness` or `embedding`. */
export type MeasurementName = keyof typeof MEASUREMENTS;
/** What a measurement of a name results in: a `Robustness` or an `Embedding`. */
export type Measurement<Name extends MeasurementName> = z.output<(typeof MEASUREMENTS)[Name]['schema']>;

export const MEASUREMENT_NAMES = Object.keys(MEASUREMENTS) as readonly MeasurementName[];

/** The option of `inkling evaluate` that records a measurement. */
export function measuringFlag(name: MeasurementName): string {
  return `--${MEASUREMENTS[name].flag}`;
}

const KINDS = { folder: records.runFolder, name: kinds.oneOf(MEASUREMENT_NAMES) };
const FORMAT = 1;
/** Larger than any of them. */
const MAX_BYTES = 2 ** 26;

/**
 * Saves a measurement of a run's best weights in its folder, with the hash of their file.
 *
 * @returns the file
 * @throws {UsageError} for anything but a measurement
 * @throws {InklingError} when it cannot be written
 */
export function saveMeasurement<Name extends MeasurementName>(
  folder: string,
  name: Name,
  result: Measurement<Name>,
): string {
  checkValues('saveMeasurement', { folder, name }, KINDS);
  const { file: fileName, schema } = MEASUREMENTS[name];
  validate(schema, result, 'saveMeasurement: result', UsageError);
  const file = join(folder, fileName);
  writeFileAtomic(
    file,
    `${encodeRecord({ format: FORMAT, checkpoint: hashOfCheckpoint(folder), result })}\n`,
  );
  return file;
}

/**
 * Reads a measurement of a run's best weights; undefined if there is none, or only one of weights that were replaced since.
 *
 * @throws {InklingError} when the file is invalid
 */
export function readMeasurement<Name extends MeasurementName>(
  folder: string,
  name: Name,
): Measurement<Name> | undefined {
  checkValues('readMeasurement', { folder, name }, KINDS);
  const { file, schema } = MEASUREMENTS[name];
  const path = join(folder, file);
  if (kindOf(path) !== 'file') return undefined;
  const text = new TextDecoder().decode(readBytes(path, MAX_BYTES));
  const recorded = z.object({ format: z.literal(FORMAT), checkpoint: z.string(), result: z.unknown() });
  const value = validate(recorded, checkRecord(parseRecord(text, path), path), path);
  if (value.checkpoint !== hashOfCheckpoint(folder)) return undefined;
  return validate<z.ZodType<Measurement<Name>>>(
    schema as unknown as z.ZodType<Measurement<Name>>,
    value.result,
    `${path}: result`,
  );
}

function hashOfCheckpoint(folder: string): string {
  const bytes = readBytes(join(folder, BEST_CHECKPOINT), MAX_CHECKPOINT_BYTES);
  return createHash('sha256').update(bytes).digest('hex');
}
