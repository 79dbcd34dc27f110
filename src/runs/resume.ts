import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InklingError, UsageError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { kindOf, readBytes } from '../platform/files.js';
import { CHECKPOINT_LIMIT_BYTES, readSavedModel } from '../predict/load.js';
import { type Config, parseConfig, type PartialConfig } from '../train/config.js';
import { spansRun } from '../train/optimization/schedules.js';
import { isFinished, readRun, type RunRecord } from './readRun.js';
import { RESUME_FILE } from './runFolder.js';
import { decodeTraining, type SavedTraining } from './savedTraining.js';

/** The settings that may change when a run is resumed: its length, and those that do not affect the results. */
const CHANGEABLE: readonly (keyof Config)[] = ['epochs', 'threads', 'dataDir'];

/** The state of a run after its last completed epoch. */
export interface ResumePoint extends SavedTraining {
  readonly folder: string;
  readonly config: Config;
  /** The model with the best validation accuracy so far. */
  readonly best: SavedModel;
}

/**
 * Reads the state from which a run can be resumed.
 *
 * @param settings to change; any others must equal those of the run
 * @param nameOf names a setting in error messages
 * @throws {UsageError} when a setting that must not change differs
 * @throws {InklingError} when no epoch was completed, or no epoch is left to train
 */
export function readResumePoint(
  folder: string,
  settings: PartialConfig = {},
  nameOf: (setting: keyof Config) => string = (setting) => setting,
): ResumePoint {
  const run = readRun(folder);
  assertUnchanged(settings, run, nameOf);
  const file = join(folder, RESUME_FILE);
  if (kindOf(file) !== 'file') {
    throw new InklingError(
      `resume: ${folder} has no ${RESUME_FILE}: it was stopped during its first epoch, or imported; start a new run`,
    );
  }
  const training = decodeTraining(readBytes(file, CHECKPOINT_LIMIT_BYTES), file);
  const changes = CHANGEABLE.filter((setting) => settings[setting] !== undefined);
  const changed = Object.fromEntries(changes.map((setting) => [setting, settings[setting]]));
  const config = parseConfig({ ...run.config, ...changed });
  checkLength(run, config.epochs, training.state.epochs.length);
  return { ...training, folder, config, best: readSavedModel(folder) };
}

function assertUnchanged(
  settings: PartialConfig,
  { folder, config }: RunRecord,
  nameOf: (setting: keyof Config) => string,
): void {
  for (const [setting, value] of Object.entries(settings) as [keyof Config, unknown][]) {
    const before = config[setting];
    // The run's own folder decides where it is written.
    if (CHANGEABLE.includes(setting) || setting === 'runDir') continue;
    if (value === undefined || JSON.stringify(value) === JSON.stringify(before)) continue;
    const expected = before === undefined ? 'no value' : JSON.stringify(before);
    throw new UsageError(
      `${nameOf(setting)}: expected ${expected}, as in the run ${folder}, got ${JSON.stringify(value)}; ` +
        'leave it out, or start a new run',
    );
  }
}

function checkLength({ folder, config, summary }: RunRecord, epochs: number, done: number): void {
  if (epochs !== config.epochs && spansRun(config)) {
    throw new InklingError(
      `resume: expected ${config.epochs} epochs, as the ${config.schedule} schedule of ${folder} depends on their number, ` +
        `got ${epochs}; start a new run to train for longer`,
    );
  }
  if (summary?.stopReason === 'early') {
    throw new InklingError(
      `resume: ${folder} stopped early after ${done} epochs; start a new run with a higher patience`,
    );
  }
  const isOver = summary !== undefined && isFinished(summary.stopReason);
  if (epochs < done || (isOver && epochs === done)) {
    throw new InklingError(
      `resume: expected more epochs than the ${done} that ${folder} has completed, got ${epochs}; increase --epochs`,
    );
  }
}

/** Identifies the training images of a data set: the SHA-256 hash of their labels, in order. */
export function fingerprintOf({ train }: Dataset): string {
  return createHash('sha256').update(train.labels).digest('hex');
}

/** @throws {InklingError} when the run was trained on other images */
export function assertSameImages({ folder, fingerprint }: ResumePoint, dataset: Dataset): void {
  if (fingerprint === fingerprintOf(dataset)) return;
  throw new InklingError(
    `resume: ${folder} was trained on other images than those of ${dataset.name}; use the same data set, or start a new run`,
  );
}
