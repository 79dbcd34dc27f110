import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { InklingError, messageOf } from '../core/errors.js';
import { validate } from '../core/validate.js';
import { kindOf, modifiedAt, readBytes } from '../platform/files.js';
import { BEST_CHECKPOINT } from '../predict/load.js';
import { type Config, configSchema, numericSettings, type PartialConfig } from '../train/config.js';
import {
  type PredictionRecord,
  PREDICTION_RECORD_FORMAT,
  predictionRecordSchema,
} from './predictionRecord.js';
import { CONFIG_FILE, EVENTS_FILE, PREDICTIONS_FILE, SUMMARY_FILE } from './runFolder.js';
import { type RunState, runStateOf } from './runState.js';
import { type StopReason, type RunSummary, runSummarySchema } from './runSummary.js';

/** Larger than any record a run writes. */
const RECORD_LIMIT_BYTES = 2 ** 26;

/** How a run ends that has the weights it was meant to have. */
const FINISHED: readonly StopReason[] = ['completed', 'early', 'imported'];

export function isFinished(reason: StopReason): boolean {
  return FINISHED.includes(reason);
}

/** A run folder as it was left. */
export interface RunRecord {
  readonly folder: string;
  readonly config: Config;
  /** Missing while the run goes on, or when it was killed. */
  readonly summary: RunSummary | undefined;
}

/** @throws {InklingError} when the folder is not a run, or its records are not what a run writes */
export function readRun(folder: string): RunRecord {
  const config = join(folder, CONFIG_FILE);
  if (kindOf(config) !== 'file') {
    throw new InklingError(
      `run "${folder}": expected a run folder with a ${CONFIG_FILE}, found none; "inkling runs" lists the runs there are`,
    );
  }
  const summary = join(folder, SUMMARY_FILE);
  return {
    folder,
    config: readJson(configSchema, config),
    summary: kindOf(summary) === 'file' ? readJson(runSummarySchema, summary) : undefined,
  };
}

/**
 * The settings of another run that bear on its numbers, to make it again; its names and places are left out.
 *
 * @param file a `config.json`
 * @throws {InklingError} when it is none
 */
export function readConfig(file: string): PartialConfig {
  return numericSettings(readJson(configSchema, file));
}

/** A run that came to its end. */
export type FinishedRunRecord = RunRecord & { readonly summary: RunSummary };

/**
 * Reads a run whose weights are meant to be used.
 *
 * @throws {InklingError} when it is no run, or one that never finished
 */
export function readFinishedRun(folder: string): FinishedRunRecord {
  const run = readRun(folder);
  const { summary } = run;
  if (summary !== undefined && isFinished(summary.stopReason)) return { ...run, summary };
  const how = summary === undefined ? 'it goes on still, or was killed' : `it was ${summary.stopReason}`;
  throw new InklingError(
    `run "${folder}" never finished: ${how}; ` +
      `to take the best weights it has all the same, name their file: ${join(folder, BEST_CHECKPOINT)}`,
  );
}

/**
 * Reads what a report shows of a run beside its numbers.
 *
 * @throws {InklingError} when there is none, or it is not what this version writes
 */
export function readPredictionRecord(folder: string): PredictionRecord {
  const file = join(folder, PREDICTIONS_FILE);
  if (kindOf(file) !== 'file') {
    throw new InklingError(
      `run "${folder}": has no ${PREDICTIONS_FILE}, which a report needs; another version wrote it: train it again`,
    );
  }
  const value = readJsonValue(file);
  const { format } = validate(z.object({ format: z.number() }), value, file);
  if (format !== PREDICTION_RECORD_FORMAT) {
    throw new InklingError(
      `${file}: format ${format}, expected ${PREDICTION_RECORD_FORMAT}; use the version of Inkling that wrote it, or train again`,
    );
  }
  return validate(predictionRecordSchema, value, file);
}

/** The names of the runs in a folder, sorted by name and number. */
export function listRunNames(runDir: string): string[] {
  if (kindOf(runDir) !== 'folder') return [];
  return readdirSync(runDir)
    .filter((name) => kindOf(join(runDir, name, CONFIG_FILE)) === 'file')
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/**
 * The runs in a folder, sorted by name and number.
 *
 * @throws {InklingError} when the records of a run cannot be read
 */
export function listRuns(runDir: string): RunRecord[] {
  return listRunNames(runDir).map((name) => readRun(join(runDir, name)));
}

/** The state of a run; one without a summary is running if it recorded an event within the last minute. */
export function stateOfRun({ folder, summary }: RunRecord): RunState {
  return runStateOf(summary, modifiedAt(join(folder, EVENTS_FILE)));
}

function readJson<Schema extends z.ZodType>(schema: Schema, file: string): z.output<Schema> {
  return validate(schema, readJsonValue(file), file);
}

function readJsonValue(file: string): unknown {
  const text = new TextDecoder().decode(readBytes(file, RECORD_LIMIT_BYTES));
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InklingError(`${file}: expected JSON, ${messageOf(error)}; the file was changed or cut short`);
  }
}
