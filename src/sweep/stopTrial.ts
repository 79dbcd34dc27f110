import { basename, join } from 'node:path';
import { checkValues } from '../core/arguments/checkOptions.js';
import type { Kind } from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { UsageError } from '../core/errors.js';
import { kindOf, writeFileAtomic } from '../platform/files.js';
import { readSweep } from './sweepFolder.js';

const TRIAL: Kind = {
  what: 'the number of a trial',
  accepts: (value) => typeof value === 'number' && value >= 0,
};

/** A file whose presence asks the process that conducts the sweep to end a trial. It stays, as the record of the request. */
function stopFile(folder: string, trial: number): string {
  return join(folder, `trial-${trial}.stop`);
}

/**
 * Asks the process that conducts a sweep, which may be on another machine that shares the folder, to end a trial after its current epoch, as a
 * pruned one.
 *
 * @param folder of the sweep
 * @param trial its number
 * @throws {UsageError} when there is no such trial, or it has ended
 */
export function stopTrial(folder: string, trial: number): void {
  checkValues('stopTrial', { folder, trial }, { folder: records.sweepFolder, trial: TRIAL });
  const state = readSweep(folder).trials.at(trial)?.state;
  if (state !== 'running') {
    throw new UsageError(
      `sweep ${basename(folder)}: expected a trial that is running, got ${state === undefined ? `no trial ${trial}` : `trial ${trial}, which is ${state}`}; see "inkling sweep show ${basename(folder)}"`,
    );
  }
  writeFileAtomic(stopFile(folder, trial), '');
}

/** Whether `stopTrial` has been called for a trial. */
export function isStopRequested(folder: string, trial: number): boolean {
  return kindOf(stopFile(folder, trial)) === 'file';
}
