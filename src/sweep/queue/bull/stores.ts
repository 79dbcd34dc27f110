import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { option } from '../../../core/optionName.js';
import { InklingError } from '../../../core/errors.js';
import { formatMegabytes } from '../../../core/format.js';
import { kindOf, readBytes, removeFile, writeFileAtomic } from '../../../platform/files.js';
import { makeFolder } from '../../../platform/folders.js';
import { KEPT_SECONDS, KEYS } from './messages.js';
import { readSnapshot, type Snapshot } from './snapshot.js';

/** Redis holds everything in memory. */
export const MAX_REDIS_BYTES = 64_000_000;

const MAX_FOLDER_BYTES = 2 ** 31;

/** Keeps the files of the runs of a sweep where its coordinator and all its workers find them. */
export interface RunStore {
  readonly kind: 'redis' | 'folder';
  /** Replaces what is stored of a job, atomically. */
  readonly save: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly load: (name: string) => Promise<Snapshot | undefined>;
  readonly remove: (name: string) => Promise<void>;
}

/** Redis itself, for runs of a limited size. */
export function redisStore(redis: Redis, sweep: string): RunStore {
  const keyOf = (name: string) => KEYS.snapshot(sweep, name);
  return {
    kind: 'redis',
    async save(name, bytes) {
      if (bytes.length > MAX_REDIS_BYTES) {
        throw new InklingError(
          `${name}: expected run files of at most ${formatMegabytes(MAX_REDIS_BYTES)}, which Redis keeps in memory, got ${formatMegabytes(bytes.length)}; start the workers with ${option('store')}, a folder that they share with the sweep`,
        );
      }
      await redis.set(keyOf(name), Buffer.from(bytes), 'EX', KEPT_SECONDS);
    },
    async load(name) {
      const bytes = await redis.getBuffer(keyOf(name));
      return bytes === null ? undefined : readSnapshot(bytes, keyOf(name));
    },
    async remove(name) {
      await redis.del(keyOf(name));
    },
  };
}

/**
 * A folder within the sweep's, which workers see through a shared file system.
 *
 * @param folder that of the sweep
 */
export function folderStore(folder: string): RunStore {
  const fileOf = (name: string) => join(queueFolder(folder), `${name}.snapshot`);
  return {
    kind: 'folder',
    save(name, bytes) {
      makeFolder(queueFolder(folder));
      writeFileAtomic(fileOf(name), bytes);
      return Promise.resolve();
    },
    load(name) {
      const file = fileOf(name);
      if (kindOf(file) !== 'file') return Promise.resolve(undefined);
      return Promise.resolve(readSnapshot(readBytes(file, MAX_FOLDER_BYTES), file));
    },
    remove(name) {
      removeFile(fileOf(name));
      return Promise.resolve();
    },
  };
}

/** What a sweep and its workers share besides Redis. */
export function queueFolder(folder: string): string {
  return join(folder, 'queue');
}

/** The snapshot with the most epochs of several stores. */
export async function loadNewest(stores: readonly RunStore[], name: string): Promise<Snapshot | undefined> {
  const found = await Promise.all(stores.map((store) => store.load(name)));
  const snapshots = found.filter((snapshot) => snapshot !== undefined);
  return snapshots.sort((a, b) => b.epochs - a.epochs).at(0);
}
