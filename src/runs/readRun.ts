import { join } from 'node:path';
import * as z from 'zod';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { InklingError } from '../core/errors.js';
import { checkRecord, parseRecord } from '../core/record.js';
import { validate } from '../core/validate.js';
import { kindOf, readBytes } from '../platform/files.js';
import { BEST_CHECKPOINT } from '../predict/load.js';
import { type Config, configSchema, numericSettings, type PartialConfig } from '../train/config.js';
import {
  type PredictionRecord,
  PREDICTION_RECORD_FORMAT,
  predictionRecordSchema,
} from './predictionRecord.js';
import { CONFIG_FILE, PREDICTIONS_FILE, SUMMARY_FILE } from './runFiles.js';
import { type StopReason, type RunSummary, runSummarySchema } from './runSummary.js';

/** Larger than any record of a run. */
const MAX_RECORD_BYTES = 2 ** 26;

/** The stop reasons of runs that ended as intended. */
const FINISHED: readonly StopReason[] = ['completed', 'early', 'imported'];

export function isFinished(reason: StopReason): boolean {
  return FINISHED.includes(reason);
}

/** The records in a run folder. */
export interface RunRecord {
  readonly folder: string;
  readonly config: Config;
  /** Undefined while the run is in progress, or if its process was killed. */
  readonly summary: RunSummary | undefined;
}

/** @throws {InklingError} when the folder is not a run folder, or its records are invalid */
export function readRun(folder: string): RunRecord {
  checkValues('readRun', { folder }, { folder: records.runFolder });
  const config = join(folder, CONFIG_FILE);
  if (kindOf(config) === 'none') {
    throw new InklingError(
      `run "${folder}": not a run folder: it has no ${CONFIG_FILE}; "inkling runs" lists all runs`,
    );
  }
  const summary = join(folder, SUMMARY_FILE);
  return {
    folder,
    config: readRunConfig(config),
    summary: kindOf(summary) === 'none' ? undefined : readJson(runSummarySchema, summary),
  };
}

function readRunConfig(file: string): Config {
  const value = readJsonValue(file);
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const isForeign = keys.length > 0 && !keys.some((key) => Object.hasOwn(configSchema.shape, key));
  if (!isForeign) return validate(configSchema, value, file);
  throw new InklingError(
    `${file}: expected the settings of a run, got a file that contains none of them; another program wrote it`,
  );
}

/**
 * Reads the settings of a run that affect its results, to repeat it.
 *
 * @param file a `config.json`
 * @throws {InklingError} when the file cannot be read or is invalid
 */
export function readConfig(file: string): PartialConfig {
  checkValues('readConfig', { file }, { file: kinds.path });
  return numericSettings(readJson(configSchema, file));
}

/** A run that ended as intended. */
export type FinishedRunRecord = RunRecord & { readonly summary: RunSummary };

/**
 * Reads a run in order to use its weights.
 *
 * @throws {InklingError} when the folder is not a run folder, or the run did not finish
 */
export function readFinishedRun(folder: string): FinishedRunRecord {
  checkValues('readFinishedRun', { folder }, { folder: records.runFolder });
  const run = readRun(folder);
  const { summary } = run;
  if (summary !== undefined && isFinished(summary.stopReason)) return { ...run, summary };
  const how =
    summary === undefined
      ? 'it is in progress or was killed'
      : `it ${summary.stopReason === 'interrupted' ? 'was interrupted' : summary.stopReason}`;
  throw new InklingError(
    `run "${folder}" did not finish: ${how}; to use its best weights so far, specify their file: ${join(folder, BEST_CHECKPOINT)}`,
  );
}

/**
 * Reads the predictions of a run, which its report shows.
 *
 * @throws {InklingError} when the file is missing, invalid, or has another format
 */
export function readPredictionRecord(folder: string): PredictionRecord {
  const file = join(folder, PREDICTIONS_FILE);
  if (kindOf(file) !== 'file') {
    throw new InklingError(
      `run "${folder}" has no ${PREDICTIONS_FILE}, which a report requires; it was written by another version of Inkling: train again`,
    );
  }
  const value = readJsonValue(file);
  const { format } = validate(z.object({ format: z.number() }), value, file);
  if (format !== PREDICTION_RECORD_FORMAT) {
    throw new InklingError(
      `${file}: expected format ${PREDICTION_RECORD_FORMAT}, got ${format}; use the version of Inkling that wrote it, or train again`,
    );
  }
  return validate(predictionRecordSchema, value, file);
}

function readJson<Schema extends z.core.$ZodType>(schema: Schema, file: string): z.output<Schema> {
  return validate(schema, readJsonValue(file), file);
}

function readJsonValue(file: string): unknown {
  const text = new TextDecoder().decode(readBytes(file, MAX_RECORD_BYTES));
  if (text.trim() === '') {
    throw new InklingError(
      `${file}: expected JSON, got an empty file; the disk may have been full, train again`,
    );
  }
  return checkRecord(parseRecord(text, file), file);
}
