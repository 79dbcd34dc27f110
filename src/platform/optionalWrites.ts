import { InklingError } from '../core/errors.js';
import { attempt } from './fileErrors.js';
import { createFile } from './fileOperations.js';
import { makeFolder } from './folders.js';
import { claimTemporary } from './temporaries.js';

/**
 * Runs a task that writes files without which everything still works, such as those of a cache.
 *
 * @returns why it failed, or undefined if it did not
 */
export function tryWriting(path: string, task: () => void): string | undefined {
  try {
    attempt('write', path, task);
    return undefined;
  } catch (error) {
    if (error instanceof InklingError) return innermostMessage(error);
    throw error;
  }
}

/** Why files cannot be written to a folder, which is created if necessary; undefined if they can. */
export function writingProblem(folder: string): string | undefined {
  return tryWriting(folder, () => {
    makeFolder(folder);
    const temporary = claimTemporary(folder);
    try {
      createFile(temporary.path).close();
    } finally {
      temporary.release();
    }
  });
}

/** The message of the operation that failed first, which names the path. */
function innermostMessage(error: InklingError): string {
  return error.cause instanceof InklingError ? innermostMessage(error.cause) : error.message;
}
