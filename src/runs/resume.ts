import { join } from 'node:path';
import { option } from '../core/optionName.js';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { checksumOf } from '../core/checksum.js';
import { InklingError, UsageError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { MAX_CHECKPOINT_BYTES, type SavedModel } from '../interop/checkpoint.js';
import { kindOf, readBytes } from '../platform/files.js';
import { readSavedModel } from '../predict/load.js';
import { type Config, checkConfig, type PartialConfig } from '../train/config.js';
import { bestOf } from '../train/trainer.js';
import { spansRun } from '../train/optimization/schedules.js';
import { withAbsolutePaths } from './dataset/absolutePaths.js';
import { hashOf } from './dataset/fingerprint.js';
import { datasetOf } from './dataset/runDataset.js';
import { isFinished, readRun, type RunRecord } from './readRun.js';
import { checkpointFile, RESUME_FILE } from './runFiles.js';
import { decodeTraining, type SavedTraining } from './savedTraining.js';

/**
 * The settings that may change when a run is resumed: its length, those that do not affect the results, the device, on which the state
 * does not depend, and the place of its images, which are compared by content.
 */
const CHANGEABLE: readonly (keyof Config)[] = ['epochs', 'threads', 'device', 'dataset', 'dataDir'];

/** The state of a run after its last completed epoch. */
export interface ResumePoint extends SavedTraining {
  readonly folder: string;
  readonly config: Config;
  /** @throws {InklingError} when another process has trained the run further since this was read */
  readonly assertCurrent: () => void;
  /** The model with the best validation so far; undefined if the state itself contains it. */
  readonly best: SavedModel | undefined;
}

/**
 * Reads the state from which a run can be resumed.
 *
 * @param given settings to change; any others must equal those of the run
 * @param nameOf names a setting in error messages
 * @throws {UsageError} when a setting that must not change differs
 * @throws {InklingError} when no epoch was completed, or no epoch is left to train
 */
export function readResumePoint(
  folder: string,
  given: PartialConfig = {},
  nameOf: (setting: keyof Config) => string = (setting) => setting,
): ResumePoint {
  checkValues('readResumePoint', { folder, given }, { folder: records.runFolder, given: kinds.object });
  const run = readRun(folder);
  const settings = withAbsolutePaths(given);
  assertUnchanged(settings, run, nameOf);
  const file = join(folder, RESUME_FILE);
  if (kindOf(file) !== 'file') {
    throw new InklingError(
      `resume: ${folder} has no ${RESUME_FILE}: it was stopped during its first epoch, or imported; start a new run`,
    );
  }
  const bytes = readBytes(file, MAX_CHECKPOINT_BYTES);
  const training = decodeTraining(bytes, file);
  const changes = CHANGEABLE.filter((setting) => settings[setting] !== undefined);
  const changed = Object.fromEntries(changes.map((setting) => [setting, settings[setting]]));
  const config = checkConfig({ ...run.config, dataset: settings.dataset ?? datasetOf(run), ...changed });
  checkLength(run, config.epochs, training.state.epochs.length);
  const checksum = checksumOf(bytes);
  const assertCurrent = () => {
    if (checksumOf(readBytes(file, MAX_CHECKPOINT_BYTES)) === checksum) return;
    throw new InklingError(
      `resume: another process has trained ${folder} in the meantime; run the command again to resume from its last epoch`,
    );
  };
  return { ...training, folder, config, assertCurrent, best: savedBest(folder, training, config) };
}

/** Only the state says which epoch is the best: the process may have been killed before it saved the model of that epoch. */
function savedBest(
  folder: string,
  { state: { epochs } }: SavedTraining,
  { monitor }: Config,
): SavedModel | undefined {
  if (bestOf(epochs, monitor)?.epoch === epochs.length) return undefined;
  const next = join(folder, checkpointFile('next'));
  return readSavedModel(kindOf(next) === 'file' ? next : join(folder, checkpointFile('best')));
}

function assertUnchanged(
  settings: PartialConfig,
  { folder, config }: RunRecord,
  nameOf: (setting: keyof Config) => string,
): void {
  const recorded = withAbsolutePaths(config);
  for (const [setting, value] of Object.entries(settings) as [keyof Config, unknown][]) {
    const before = recorded[setting];
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
  // A run that is trained for longer keeps the summary of fewer epochs.
  const isOver = summary !== undefined && isFinished(summary.stopReason) && summary.epochs.length === done;
  if (epochs < done || (isOver && epochs === done)) {
    const advice = spansRun(config)
      ? `start a new run, since its ${config.schedule} schedule ends there`
      : `increase ${option('epochs')}`;
    throw new InklingError(
      `resume: expected more epochs than the ${done} that ${folder} has completed, got ${epochs}; ${advice}`,
    );
  }
}

/** @throws {InklingError} when the run was trained on other images */
export function assertSameImages({ folder, fingerprint }: ResumePoint, dataset: Dataset): void {
  const parts = { training: 'train', test: 'test' } as const;
  for (const [name, part] of Object.entries(parts)) {
    if (fingerprint[part] === hashOf(dataset, part)) continue;
    throw new InklingError(
      `resume: the ${name} images of ${dataset.name} differ from those of ${folder}; restore them, or start a new run`,
    );
  }
}
