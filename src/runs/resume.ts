import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { InklingError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { kindOf, readBytes } from '../platform/files.js';
import { CHECKPOINT_LIMIT_BYTES, readSavedModel } from '../predict/load.js';
import { type Config, parseConfig } from '../train/config.js';
import { RESUME_FILE } from './runFolder.js';
import { isFinished, readRun, type RunRecord } from './readRun.js';
import { spansRun } from '../train/schedules.js';
import { decodeTraining, type SavedTraining } from './savedTraining.js';

/** What may change when a run goes on: how long it is, and what bears on no number. */
export type ResumeChanges = Partial<Pick<Config, 'epochs' | 'threads' | 'dataDir'>>;

/** A run as its last finished epoch left it. */
export interface ResumePoint extends SavedTraining {
  readonly folder: string;
  readonly config: Config;
  /** The network that validated best so far. */
  readonly best: SavedModel;
}

/**
 * Finds where a run can go on.
 *
 * @throws {InklingError} when no epoch of it was done, or nothing of it is left to do
 */
export function readResumePoint(folder: string, changes: ResumeChanges): ResumePoint {
  const run = readRun(folder);
  const file = join(folder, RESUME_FILE);
  if (kindOf(file) !== 'file') {
    throw new InklingError(
      `resume: ${folder} has no ${RESUME_FILE} to go on from: it was stopped before its first epoch was done, ` +
        'or was not trained here; train anew',
    );
  }
  const training = decodeTraining(readBytes(file, CHECKPOINT_LIMIT_BYTES), file);
  const config = parseConfig({ ...run.config, ...changes });
  checkLength(run, config.epochs, training.state.epochs.length);
  return { ...training, folder, config, best: readSavedModel(folder) };
}

function checkLength({ folder, config, summary }: RunRecord, epochs: number, done: number): void {
  if (epochs !== config.epochs && spansRun(config)) {
    throw new InklingError(
      `resume: the ${config.schedule} schedule of ${folder} spans the ${config.epochs} epochs it was started with; ` +
        `expected as many, got ${epochs}; train anew for a run of another length`,
    );
  }
  if (summary?.stopReason === 'early') {
    throw new InklingError(
      `resume: ${folder} stopped early, after ${done} epochs; train anew with a higher patience`,
    );
  }
  const isOver = summary !== undefined && isFinished(summary.stopReason);
  if (epochs < done || (isOver && epochs === done)) {
    throw new InklingError(
      `resume: ${folder} has done ${done} epochs, expected more than those, got ${epochs}; set --epochs`,
    );
  }
}

/** What tells the training images of a data set from others: SHA-256 of their labels, in order. */
export function fingerprintOf({ train }: Dataset): string {
  return createHash('sha256').update(train.labels).digest('hex');
}

/** @throws {InklingError} when a run learned from other images than these */
export function assertSameImages({ folder, fingerprint }: ResumePoint, dataset: Dataset): void {
  if (fingerprint === fingerprintOf(dataset)) return;
  throw new InklingError(
    `resume: ${folder} learned from other images than those of ${dataset.name} here; use the same data, or train anew`,
  );
}
