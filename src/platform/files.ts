import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InklingError } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import { attempt, codeOf } from './fileErrors.js';
import { createFile, openToAppend, rename, syncFolder, type WritableFile } from './fileOperations.js';
import { OpenFile } from './openFile.js';
import { removeTree } from './removal.js';
import { claimTemporary } from './temporaries.js';

/** What a path leads to; `denied` if access is not permitted, `none` if it is neither a file nor a folder. */
export function kindOf(path: string): 'file' | 'folder' | 'none' | 'denied' {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile()) return 'file';
    return found?.isDirectory() ? 'folder' : 'none';
  } catch (error) {
    return codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM' ? 'denied' : 'none';
  }
}

/** The path that a string or a `file:` URL states. */
export function pathOf(name: string | URL): string {
  return String(name).startsWith('file:') ? fileURLToPath(name) : String(name);
}

/**
 * The size of a file in bytes.
 *
 * @throws {InklingError} when it cannot be read
 */
export function fileBytes(path: string): number {
  return attempt('read', path, () => statSync(path)).size;
}

/**
 * When a file was last modified, in milliseconds since 1970; undefined if it does not exist.
 *
 * @throws {InklingError} when it cannot be read
 */
export function modifiedAt(path: string): number | undefined {
  return attempt('read', path, () => statSync(path, { throwIfNoEntry: false }))?.mtimeMs;
}

/**
 * Reads a file.
 *
 * @throws {InklingError} when it cannot be read or has more than `maxBytes`
 */
export function readBytes(path: string, maxBytes: number): Uint8Array {
  const size = fileBytes(path);
  if (size > maxBytes) {
    throw new InklingError(
      `cannot read ${path}: it has ${formatCount(size)} bytes, expected at most ${formatCount(maxBytes)}; check that it is the right file`,
    );
  }
  return attempt('read', path, () => readFileSync(path));
}

/**
 * Reads a range of a file.
 *
 * @throws {InklingError} when it cannot be read, or the file ends before the range does
 */
export function readRange(path: string, offset: number, bytes: number): Uint8Array<ArrayBuffer> {
  const range = new Uint8Array(bytes);
  const file = new OpenFile(path);
  try {
    file.read(range, offset);
  } finally {
    file.close();
  }
  return range;
}

/**
 * Writes a file atomically and durably: if the process is killed or the power fails, either the old or the new content remains,
 * and the new one once this function has returned.
 *
 * @throws {InklingError} when it cannot be written, in which case no temporary file remains
 */
export function writeFileAtomic(path: string, data: string | Uint8Array): void {
  const temporary = claimTemporary(dirname(path));
  attempt('write', path, () => {
    try {
      writeSynced(temporary.path, data);
      rename(temporary.path, path);
    } finally {
      temporary.release();
    }
    syncFolder(dirname(path));
  });
}

/**
 * Gives a file another name in the same folder, atomically and durably. A file that has this name already is replaced.
 *
 * @throws {InklingError} when that is not possible
 */
export function renameFile(path: string, to: string): void {
  attempt('write', to, () => {
    rename(path, to);
    syncFolder(dirname(to));
  });
}

/**
 * Writes a new file and waits until its content is on the disk.
 *
 * @throws {Error} the system's error
 */
export function writeSynced(path: string, data: string | Uint8Array): void {
  writeTo(createFile(path), (file) => {
    file.write(bytesOf(data));
    file.sync();
  });
}

function writeTo(file: WritableFile, task: (file: WritableFile) => void): void {
  try {
    task(file);
  } finally {
    file.close();
  }
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}

/**
 * Appends a line to a file, which is created if necessary.
 *
 * @param isSynced whether to wait until the line is on the disk; if the process is killed or the power fails before, any part of it may
 *   have been appended
 * @throws {InklingError} when it cannot be written
 */
export function appendLine(path: string, line: string, { isSynced = false } = {}): void {
  attempt('write', path, () => {
    writeTo(openToAppend(path), (file) => {
      file.write(bytesOf(`${line}\n`));
      if (isSynced) file.sync();
    });
  });
}

/**
 * Removes a file if it exists.
 *
 * @throws {InklingError} when it cannot be removed
 */
export function removeFile(path: string): void {
  attempt('remove', path, () => {
    removeTree(path);
  });
}
