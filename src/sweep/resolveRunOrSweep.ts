import { resolveRunFolder } from '../runs/resolveModel.js';
import { findSweepFolder } from './sweepFolder.js';

/** A folder with the records of a run, or of a sweep. */
export interface RunOrSweep {
  readonly kind: 'run' | 'sweep';
  readonly folder: string;
}

/**
 * Finds the run or the sweep that a word names.
 *
 * @param name a folder, or the name of a run or a sweep
 * @param runDir the folder that contains the runs and sweeps
 * @throws {UsageError} when there is neither
 */
export function resolveRunOrSweep(name: string, runDir: string): RunOrSweep {
  const sweep = findSweepFolder(name, runDir);
  return sweep === undefined
    ? { kind: 'run', folder: resolveRunFolder(name, runDir) }
    : { kind: 'sweep', folder: sweep };
}
