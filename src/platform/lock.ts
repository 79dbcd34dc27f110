import { createHash, randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { InklingError } from '../core/errors.js';
import { attempt, codeOf } from './fileErrors.js';
import { link } from './fileOperations.js';
import { kindOf, modifiedAt, readBytes, removeFile, writeSynced } from './files.js';
import { namesIn } from './folders.js';
import { mayBeRunning, processId, processStart } from './machine.js';
import { tryWriting } from './optionalWrites.js';
import { claimTemporary } from './temporaries.js';

const MAX_LOCK_BYTES = 1024;

/** How often a process tries to take a lock that others are writing or removing. */
const MAX_ATTEMPTS = 400;
const RETRY_MS = 5;

/** A file that is still empty after this long was left by a killed process. */
const MAX_EMPTY_MS = 1000;

/** Errors of file systems without hard links, such as exFAT. */
const NO_LINKS = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP'];

/** The contents of the locks that this thread holds, which are unique. */
const held = new Set<string>();

/** A file that one process at a time owns. */
export interface Lock {
  /** Removes the file. If that fails, the next process to take the lock does. */
  release(): void;
}

/** The process that owns a lock. */
export interface LockOwner {
  readonly processId: number;
}

/**
 * Takes a lock, atomically: the file appears with its content, the owner's process ID and start. A lock whose owner was killed is
 * taken over, even if another process has the same ID now.
 *
 * Nobody removes the file of another process without holding the lock of that removal, which is named after its content. As the
 * content is unique, a process that was slow cannot remove the file of a new owner.
 *
 * @returns the lock, or its owner if that process is running
 * @throws {InklingError} when the file cannot be written
 */
export function takeLock(path: string): Lock | LockOwner {
  for (let tries = 0; tries < MAX_ATTEMPTS; tries++) {
    const lock = create(path);
    if (lock !== undefined) return lock;
    const content = contentOf(path);
    const owner = content === undefined ? undefined : ownerOf(content);
    if (owner !== undefined) return owner;
    if (content === undefined || !removeAbandonedLock(path, content)) sleep(RETRY_MS);
  }
  throw new InklingError(`cannot lock ${path}: other processes keep changing it; try again`);
}

export function isLock(taken: Lock | LockOwner): taken is Lock {
  return 'release' in taken;
}

/** The running process that owns a lock; undefined if there is none. */
export function lockOwner(path: string): LockOwner | undefined {
  const content = contentOf(path);
  return content === undefined ? undefined : ownerOf(content);
}

/** Removes a lock whose owner was killed, and what a killed process left while it removed one. */
export function releaseAbandonedLock(path: string): void {
  const prefix = `${basename(path)}.`;
  const folder = dirname(path);
  for (const name of [...namesIn(folder).filter((found) => found.startsWith(prefix)), basename(path)]) {
    const file = join(folder, name);
    const content = contentOf(file);
    if (content !== undefined && ownerOf(content) === undefined) removeAbandonedLock(file, content);
  }
}

/** Creates the file of a lock with its content, unless it exists. */
function create(path: string): Lock | undefined {
  const id = processId();
  const content = `${id}\n${processStart(id) ?? ''}\n${threadId}\n${randomUUID()}\n`;
  const temporary = claimTemporary(dirname(path));
  try {
    const isCreated = attempt('write', path, () => {
      writeSynced(temporary.path, content);
      return tryCreating(path, temporary.path, content);
    });
    if (!isCreated) return undefined;
  } finally {
    temporary.release();
  }
  held.add(content);
  return {
    release() {
      // After a release, the file may be another owner's.
      if (!held.delete(content)) return;
      tryWriting(path, () => {
        removeFile(path);
      });
    },
  };
}

/** Gives a written file its name, or creates it if the file system has no links; false if the path exists. */
function tryCreating(path: string, written: string, content: string): boolean {
  try {
    link(written, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.includes(codeOf(error) ?? '')) throw error;
  }
  try {
    writeSynced(path, content);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The content of the file of a lock; undefined if it was removed, or is not written yet. */
function contentOf(path: string): string | undefined {
  if (kindOf(path) !== 'file') return undefined;
  try {
    const content = new TextDecoder().decode(readBytes(path, MAX_LOCK_BYTES));
    const isBeingWritten = content === '' && Date.now() - (modifiedAt(path) ?? Infinity) < MAX_EMPTY_MS;
    return isBeingWritten ? undefined : content;
  } catch (error) {
    // Its owner removed it, and another process may have created it again.
    if (error instanceof Error && codeOf(error.cause) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The running process that wrote the content of a lock. */
function ownerOf(content: string): LockOwner | undefined {
  const [id, start = '', thread = ''] = content.split('\n');
  const owner = { processId: Number(id) };
  if (!Number.isInteger(owner.processId) || owner.processId <= 0) return undefined;
  if (owner.processId === processId() && thread === String(threadId)) {
    return held.has(content) ? owner : undefined;
  }
  return mayBeRunning(owner.processId, (found) => start === '' || found === start) ? owner : undefined;
}

/** Removes the file of a lock unless its content has changed. Returns false if another process is removing it. */
function removeAbandonedLock(path: string, content: string): boolean {
  const removal = takeLock(`${path}.${createHash('sha256').update(content).digest('hex').slice(0, 8)}`);
  if (!isLock(removal)) return false;
  try {
    if (contentOf(path) === content) removeFile(path);
  } finally {
    removal.release();
  }
  return true;
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
