import { basename, join, resolve } from 'node:path';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { InklingError, UsageError } from '../core/errors.js';
import { unknownName } from '../core/suggest.js';
import { kindOf } from '../platform/files.js';
import { isLock, type Lock, lockOwner, takeLock } from '../platform/lock.js';
import { type BrokenRun, listNames, readEach } from '../runs/listRuns.js';
import { readJournal } from './journal/journal.js';
import type { SweepState } from './journal/replay.js';
import { selectedTrial } from './finalists/finalists.js';
import type { Trial } from './trial.js';

/** A sweep's folder contains its journal and the run folders of its trials. */
export function journalFile(folder: string): string {
  return join(folder, 'journal.jsonl');
}

/** Whether the run of a trial is in the folder of its sweep. */
export function hasRunFolder(folder: string, { run }: Pick<Trial, 'run'>): boolean {
  return run !== undefined && kindOf(join(folder, run)) === 'folder';
}

/** Contains the ID of the process that conducts the sweep while it is running. */
function lockFile(folder: string): string {
  return join(folder, 'sweep.pid');
}

/**
 * The folder of a sweep.
 *
 * @param name its path, or its name
 * @param runDir the folder that contains it
 * @throws {UsageError} when there is no such sweep
 */
export function resolveSweepFolder(name: string, runDir: string): string {
  checkValues('resolveSweepFolder', { name, runDir }, { name: kinds.text, runDir: kinds.path });
  const found = findSweepFolder(name, runDir);
  if (found !== undefined) return found;
  const known = listSweepNames(runDir);
  const advice = known.length === 0 ? `there are none in ${runDir}` : undefined;
  throw new UsageError(unknownName('sweep', name, known, advice));
}

/** The folder of a sweep, by its path or its name; undefined if there is none. */
export function findSweepFolder(name: string, runDir: string): string | undefined {
  return [name, join(runDir, name)].find((folder) => kindOf(journalFile(folder)) === 'file');
}

/** The names of the sweeps in a folder, sorted by name and number. */
export function listSweepNames(runDir: string): string[] {
  if (kindOf(runDir) !== 'folder') return [];
  return listNames(runDir, (folder) => kindOf(journalFile(folder)) === 'file');
}

export interface SweepRecord extends SweepState {
  readonly folder: string;
  /** Whether a process of this machine conducts it. */
  readonly isRunning: boolean;
}

/** @throws {InklingError} when the journal cannot be read or is damaged */
export function readSweep(folder: string): SweepRecord {
  checkValues('readSweep', { folder }, { folder: records.sweepFolder });
  return { ...readJournal(journalFile(folder)), folder, isRunning: isConducted(folder) };
}

/** Whether a process of this machine conducts a sweep. */
export function isConducted(folder: string): boolean {
  return lockOwner(lockFile(folder)) !== undefined;
}

/** The sweeps in a folder, sorted by name and number. */
export function listSweeps(runDir: string): (SweepRecord | BrokenRun)[] {
  checkValues('listSweeps', { runDir }, { runDir: kinds.path });
  return readEach(runDir, listSweepNames(runDir), readSweep);
}

/** Whether a sweep is running or done; `unfinished` if it was stopped, or its process was killed. */
export function stateOfSweep(sweep: SweepRecord): 'running' | 'done' | 'unfinished' {
  checkValues('stateOfSweep', { sweep }, { sweep: records.sweep });
  const { isRunning, trials, target, test } = sweep;
  if (isRunning) return 'running';
  const isDone = trials.length >= target && trials.every(({ state }) => state !== 'running');
  return isDone && test !== undefined && test.trial === selectedTrial(sweep)?.number ? 'done' : 'unfinished';
}

/**
 * Makes this process the only one that conducts a sweep, until the lock is released.
 *
 * @throws {InklingError} when another process conducts it
 */
export function lockSweep(folder: string): Lock {
  const taken = takeLock(lockFile(folder));
  if (isLock(taken)) return taken;
  throw new InklingError(
    `sweep: ${basename(resolve(folder))} is being conducted by process ${taken.processId}; wait for it to finish, or stop it`,
  );
}
