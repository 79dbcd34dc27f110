import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './fileErrors.js';
import { removeEmptyFolder, unlink } from './fileOperations.js';

/**
 * Removes a file, or a folder with everything in it, unless it does not exist or another process removes it. Symbolic links are
 * removed, not followed.
 *
 * @throws {Error} the system's error
 */
export function removeTree(path: string): void {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory() === true) {
      for (const name of readdirSync(path)) removeTree(join(path, name));
      removeEmptyFolder(path);
    } else if (found !== undefined) {
      unlink(path);
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
