import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { mayBeRunning, processId, processNamespace, processStart } from './machine.js';
import { removeTree } from './removal.js';

/**
 * Temporary files and folders are named after the process that owns them, so that the next process can remove those that were
 * abandoned: a process that is killed cannot. As hidden files, they are never taken for images.
 *
 * The fields are the namespace of process IDs, the process, its thread, the start of the process, and a random number.
 */
const NAME = /^\.inkling-([0-9a-f]{8})-(\d+)-(\d+)-([0-9a-f]{8})-[0-9a-f]{8}\.tmp$/;

/** The owner's start if the system does not report it. */
const UNKNOWN_START = '00000000';

/**
 * Whether the process that owns a temporary file on another machine, in another container, or before the last boot still runs
 * is unknown: it counts as abandoned if it was not modified for this long.
 */
const MAX_FOREIGN_AGE_MS = 24 * 60 * 60 * 1000;

/** The paths of this thread's temporary files that are in use. */
const inUse = new Set<string>();

/** The threads that this one started, and that have ended. */
const ended = new Set<number>();

/** Lets the temporary files of a thread that has ended be removed, which it could not do if it was terminated. */
export function threadEnded(thread: number): void {
  ended.add(thread);
}

/** A path for a temporary file or folder, which the owner creates. */
export interface Temporary {
  readonly path: string;
  /** Removes what is there. If that fails, the next process to use the folder does. */
  release(): void;
}

/** Claims a path for a temporary file or folder in a folder that exists, from which abandoned ones are removed. */
export function claimTemporary(folder: string): Temporary {
  removeAbandoned(folder);
  const { namespace, id, start } = ownIdentity();
  const path = join(
    folder,
    `.inkling-${namespace}-${id}-${threadId}-${start}-${randomUUID().slice(0, 8)}.tmp`,
  );
  inUse.add(path);
  return {
    path,
    release() {
      inUse.delete(path);
      tryRemoving(path);
    },
  };
}

/** Removes the temporary files and folders in a folder that no running process owns, as far as that is permitted. */
export function removeAbandoned(folder: string): void {
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (isAbandoned(name, path)) tryRemoving(path);
  }
}

/** As `removeAbandoned`, in a folder and the folders directly in it. */
export function removeAbandonedBelow(folder: string): void {
  removeAbandoned(folder);
  for (const name of namesIn(folder)) removeAbandoned(join(folder, name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Missing, not readable, or not a folder: whoever needs it reports that.
    return [];
  }
}

/** What remains costs space but does no harm, and is tried again next time. */
function tryRemoving(path: string): void {
  try {
    removeTree(path);
  } catch {
    // For example, because it belongs to another user.
  }
}

function isAbandoned(name: string, path: string): boolean {
  const match = NAME.exec(name);
  if (match === null) return false;
  const [, namespace, id, thread, start] = match;
  const own = ownIdentity();
  if (namespace !== own.namespace) return ageOf(path) > MAX_FOREIGN_AGE_MS;
  if (Number(id) === own.id && start === own.start) {
    return Number(thread) === threadId ? !inUse.has(path) : ended.has(Number(thread));
  }
  return !mayBeRunning(Number(id), (found) => start === UNKNOWN_START || shortHash(found) === start);
}

/** Milliseconds since the last modification; 0 if that is unknown. */
function ageOf(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

interface Identity {
  readonly namespace: string;
  readonly id: number;
  readonly start: string;
}

let identity: Identity | undefined;

function ownIdentity(): Identity {
  const id = processId();
  identity ??= { namespace: shortHash(processNamespace()), id, start: startOf(id) };
  return identity;
}

function startOf(id: number): string {
  const start = processStart(id);
  return start === undefined ? UNKNOWN_START : shortHash(start);
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
