import { join } from 'node:path';
import { InklingError } from '../core/errors.js';
import { tryWriting } from '../platform/optionalWrites.js';
import { isLock, type Lock, lockOwner, releaseAbandonedLock, takeLock } from '../platform/lock.js';

/** The lock of a run, which contains the ID of the training process and its start while it is running. */
export const LOCK_FILE = 'training.pid';

/**
 * Makes this process the only one that trains the run in a folder, until the lock is released.
 *
 * @throws {InklingError} when another process trains it
 */
export function lockTraining(folder: string): Lock {
  const taken = takeLock(join(folder, LOCK_FILE));
  if (!isLock(taken)) {
    throw new InklingError(
      `resume: ${folder} is being trained by process ${taken.processId}; wait for it to finish, or stop it; if that is another program, remove ${join(folder, LOCK_FILE)}`,
    );
  }
  // What is left of a process that was killed while it took over the lock of another.
  releaseAbandonedLock(join(folder, LOCK_FILE));
  return taken;
}

/** Whether a process on this machine is training the run in a folder. */
export function isTraining(folder: string): boolean {
  return lockOwner(join(folder, LOCK_FILE)) !== undefined;
}

/** Removes the lock of a run whose training process was killed, as far as that is permitted. */
export function unlockAbandoned(folder: string): void {
  tryWriting(folder, () => {
    releaseAbandonedLock(join(folder, LOCK_FILE));
  });
}
