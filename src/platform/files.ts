import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InklingError, messageOf } from '../core/errors.js';

/** What went wrong and what to do about it, by the system's error code. */
const explanations: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; check its permissions or choose another place',
  EDQUOT: 'the disk quota is used up; free some space or choose another place',
  EEXIST: 'a file of that name is in the way; move it or choose another place',
  EIO: 'the disk failed; check it or choose another place',
  EISDIR: 'it is a folder, not a file; move it or choose another name',
  ELOOP: 'its symbolic links form a loop; choose another place',
  EMFILE: 'too many files are open; close some programs and try again',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
  ENOENT: 'no such file or folder; check the path',
  ENOSPC: 'the disk is full; free some space or choose another place',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another place',
  EPERM: 'the system does not permit it; check its permissions or choose another place',
  EROFS: 'the disk is read-only; choose another place',
};

/** The system's code of an error, such as `ENOENT`, when it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Does `task`; a failure becomes one line that names the path, says why in words and what to do. */
function attempt<T>(verb: string, path: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    const explanation = explanations[codeOf(error) ?? ''] ?? messageOf(error);
    throw new InklingError(`cannot ${verb} ${path}: ${explanation}`, { cause: error });
  }
}

/** What a path leads to; `denied` when the system will not say, `none` when it is neither a file nor a folder. */
export function kindOf(path: string): 'file' | 'folder' | 'none' | 'denied' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile()) return 'file';
    return found?.isDirectory() ? 'folder' : 'none';
  } catch (error) {
    return codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM' ? 'denied' : 'none';
  }
}

/**
 * How large a file is.
 * @throws InklingError when it cannot be read
 */
export function fileBytes(path: string): number {
  return attempt('read', path, () => statSync(path)).size;
}

/** When a file was last changed, in milliseconds since 1970; undefined when there is no such file. */
export function modifiedAt(path: string): number | undefined {
  return attempt('read', path, () => statSync(path, { throwIfNoEntry: false }))?.mtimeMs;
}

/**
 * A file's content.
 * @throws InklingError when it cannot be read or has more than `limitBytes`
 */
export function readBytes(path: string, limitBytes: number): Uint8Array {
  const size = fileBytes(path);
  if (size > limitBytes) {
    throw new InklingError(
      `cannot read ${path}: it has ${size} bytes, expected at most ${limitBytes}; is it the right file?`,
    );
  }
  return attempt('read', path, () => readFileSync(path));
}

/**
 * A part of a file.
 * @throws InklingError when it cannot be read, or the file ends before it does
 */
export function readRange(path: string, offset: number, bytes: number): Uint8Array<ArrayBuffer> {
  const range = new Uint8Array(bytes);
  const read = attempt('read', path, () => {
    const file = openSync(path, 'r');
    try {
      return readSync(file, range, 0, bytes, offset);
    } finally {
      closeSync(file);
    }
  });
  if (read === bytes) return range;
  throw new InklingError(
    `cannot read ${path}: it ends at byte ${offset + read}, expected at least ${offset + bytes}; was it changed meanwhile?`,
  );
}

/**
 * Writes a whole file: a kill at any moment leaves the old file or the new one, never a part.
 * @throws InklingError when it cannot be written; nothing is left behind then
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  attempt('write', path, () => {
    try {
      writeSynced(temporary, data);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

/** Writes a new file and waits until the disk has it. */
function writeSynced(path: string, data: string | Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Adds one line to the end of a file, which need not exist yet. */
export function appendLine(path: string, line: string): void {
  attempt('write', path, () => {
    appendFileSync(path, `${line}\n`);
  });
}

/** Takes a file away, if it is there. */
export function removeFile(path: string): void {
  attempt('remove', path, () => {
    rmSync(path, { force: true });
  });
}

/** Creates a folder and those above it, as far as they do not exist. */
export function makeFolder(path: string): void {
  if (kindOf(path) === 'folder') return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  // One by one: Node's own `recursive` takes a read-only disk for a missing folder.
  attempt('create', path, () => {
    try {
      mkdirSync(path);
    } catch (error) {
      if (kindOf(path) !== 'folder') throw error;
    }
  });
}

/**
 * Creates the first of `parent/base-1`, `parent/base-2`, ... that does not exist and returns its path. Two processes
 * never get the same one.
 */
export function claimFolder(parent: string, base: string): string {
  if (base === '' || base !== basename(base)) {
    throw new InklingError(`cannot create a folder named "${base}": expected a plain name without a path`);
  }
  makeFolder(parent);
  for (let number = 1; ; number++) {
    const path = join(parent, `${base}-${number}`);
    const claimed = attempt('create', path, () => createdNew(path));
    if (claimed) return path;
  }
}

/** Creates a folder; false when something of that name exists already. */
function createdNew(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}
