import { readdirSync, statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InklingError } from '../core/errors.js';
import { attempt, codeOf } from './fileErrors.js';
import { createFolder, rename, syncFolder } from './fileOperations.js';
import { kindOf } from './files.js';
import { claimTemporary } from './temporaries.js';

/**
 * The names of the files and folders in a folder, in no particular order.
 *
 * @throws {InklingError} when it cannot be read
 */
export function namesIn(path: string): string[] {
  return attempt('read', path, () => readdirSync(path));
}

/**
 * The space on the disk of a folder that this user can still write, in bytes; infinite if the system does not say.
 *
 * @throws {InklingError} when the folder cannot be read
 */
export function freeBytes(path: string): number {
  const { bavail, bsize, blocks } = attempt('read', path, () => statfsSync(path));
  // Some network file systems report no sizes at all.
  return blocks === 0 ? Infinity : bavail * bsize;
}

/**
 * Creates a folder and its parents, as far as they do not exist.
 *
 * @throws {InklingError} when one cannot be created
 */
export function makeFolder(path: string): void {
  if (kindOf(path) === 'folder') return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  // One by one: with `recursive`, Node.js reports a read-only disk as a missing folder.
  attempt('create', path, () => {
    try {
      createDurably(path);
    } catch (error) {
      if (kindOf(path) !== 'folder') throw error;
    }
  });
}

/**
 * Creates the first of `parent/base-1`, `parent/base-2`, … that does not exist and returns its path. Concurrent processes
 * never get the same folder.
 *
 * @throws {InklingError} when it cannot be created, or `base` is not a plain name
 */
export function createNumberedFolder(parent: string, base: string): string {
  if (base === '' || base !== basename(base)) {
    throw new InklingError(`cannot create a folder named "${base}": expected a plain name without a path`);
  }
  makeFolder(parent);
  for (let number = 1; ; number++) {
    const path = join(parent, `${base}-${number}`);
    const isCreated = attempt('create', path, () => tryCreate(path));
    if (isCreated) return path;
  }
}

/** Creates a folder; false if the path already exists. */
function tryCreate(path: string): boolean {
  try {
    createDurably(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function createDurably(path: string): void {
  createFolder(path);
  syncFolder(dirname(path));
}

/**
 * Gives a folder another name in the same folder, durably. A folder that has this name already is removed first; if another
 * process creates one in the meantime, that one is kept, and the other folder keeps its name.
 *
 * @throws {Error} the system's error
 */
export function renameFolder(path: string, to: string): void {
  discardFolder(to);
  try {
    rename(path, to);
  } catch (error) {
    if (!['EEXIST', 'ENOTEMPTY'].includes(codeOf(error) ?? '')) throw error;
  }
  syncFolder(dirname(to));
}

/**
 * Removes a folder if it exists, atomically: if the process is killed, all of it remains or nothing.
 *
 * @throws {Error} the system's error
 */
export function discardFolder(path: string): void {
  if (kindOf(path) === 'none') return;
  const temporary = claimTemporary(dirname(path));
  try {
    rename(path, temporary.path);
  } finally {
    temporary.release();
  }
}
