import { join } from 'node:path';
import { checkValues } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { InklingError } from '../core/errors.js';
import { kindOf, modifiedAt } from '../platform/files.js';
import { namesIn } from '../platform/folders.js';
import { readRun, type RunRecord } from './readRun.js';
import { EVENTS_FILE, RUN_ENTRIES } from './runFiles.js';
import { type RunState, runStateOf } from './runState.js';
import { isTraining } from './trainingLock.js';

/** A folder among the runs, or of a sweep, whose records cannot be read because they are damaged or belong to another program. */
export interface BrokenRun {
  readonly folder: string;
  /** Names the file at fault. */
  readonly problem: string;
}

/** A folder among the runs. */
export type ListedRun = RunRecord | BrokenRun;

/** The names of the folders in a folder of runs that contain files of a run, sorted by name and number. */
export function listRunNames(runDir: string): string[] {
  return kindOf(runDir) === 'none' ? [] : listNames(runDir, holdsRun);
}

/** The names of some of the folders in a folder, sorted by name and number. */
export function listNames(runDir: string, isListed: (folder: string) => boolean): string[] {
  return namesIn(runDir)
    .filter((name) => isListed(join(runDir, name)))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

/** Whether a folder contains, or may contain, files of a run: true if it cannot be read. */
function holdsRun(folder: string): boolean {
  return RUN_ENTRIES.some((entry) => kindOf(join(folder, entry)) !== 'none');
}

/**
 * The runs in a folder, sorted by name and number. A run that cannot be read does not hide the others.
 *
 * @throws {InklingError} when the folder itself cannot be read
 */
export function listRuns(runDir: string): ListedRun[] {
  checkValues('listRuns', { runDir }, { runDir: kinds.path });
  return readEach(runDir, listRunNames(runDir), readRun);
}

/** Reads the records of folders. One that cannot be read does not hide the others. */
export function readEach<Listed>(
  runDir: string,
  names: readonly string[],
  read: (folder: string) => Listed,
): (Listed | BrokenRun)[] {
  return names.map((name) => {
    const folder = join(runDir, name);
    try {
      return read(folder);
    } catch (error) {
      if (error instanceof InklingError) return { folder, problem: error.message };
      throw error;
    }
  });
}

/**
 * The state of a run: it is running if a process of this machine trains it or, in case that is another machine, if it has no
 * summary and recorded an event within the last minute.
 */
export function stateOfRun(run: RunRecord): RunState {
  checkValues('stateOfRun', { run }, { run: records.run });
  const { folder, summary } = run;
  if (isTraining(folder)) return 'running';
  return runStateOf(summary, modifiedAt(join(folder, EVENTS_FILE)));
}

/** Whether a folder has no readable records. */
export function isBroken(run: object): run is BrokenRun {
  checkValues('isBroken', { run }, { run: kinds.object });
  return 'problem' in run;
}
