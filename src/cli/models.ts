import { join } from 'node:path';
import { kindOf } from '../platform/files.js';
import { PRETRAINED_RUN } from '../predict/pretrained.js';
import { CONFIG_FILE } from '../train/runFolder.js';
import { readFinishedRun } from '../train/runs.js';
import { runFolderOf } from './runFolders.js';

/**
 * The run folder to take a network from: the one named, or without a name the one that comes with the package.
 *
 * @throws {InklingError} when there is no such run, or it never finished
 */
export function finishedRunFolder(name: string | undefined, runDir: string): string {
  return name === undefined ? PRETRAINED_RUN : readFinishedRun(runFolderOf(name, runDir)).folder;
}

/** Whether a word names a run. */
export function isRun(word: string, runDir: string): boolean {
  return kindOf(join(runFolderOf(word, runDir), CONFIG_FILE)) === 'file';
}
