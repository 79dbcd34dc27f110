import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { touch } from '../platform/fileOperations.js';
import { discardFolder } from '../platform/folders.js';
import { tryWriting } from '../platform/optionalWrites.js';

/** A folder of a cache keeps this many entries, those used most recently. */
const MAX_ENTRIES = 8;

/** The name of an entry, which is a folder. */
const KEY = /^[0-9a-f]{32}$/;

/** Marks an entry as used now. A cache that cannot be written can still be read. */
export function markAsUsed(entry: string): void {
  tryWriting(entry, () => {
    touch(entry);
  });
}

/** Removes the entries that were not used for the longest time. What cannot be removed stays until the next entry is written. */
export function removeOldEntries(folder: string): void {
  tryWriting(folder, () => {
    const byAge = readdirSync(folder)
      .filter((name) => KEY.test(name))
      .map((name) => join(folder, name))
      .map((entry) => ({ entry, time: statSync(entry).mtimeMs }))
      .sort((a, b) => b.time - a.time);
    for (const { entry } of byAge.slice(MAX_ENTRIES)) discardFolder(entry);
  });
}
