import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { codeOf } from './fileErrors.js';

/**
 * The only module that changes the disk: everything else in the package calls it, or functions of this folder that are built on
 * it. The hook therefore sees every point at which a process can be killed or the disk can fail. A worker thread has its own
 * instance of this module, without a hook.
 */

/** An operation that is about to change the disk. */
export interface FileOperation {
  readonly kind:
    | 'create'
    | 'append'
    | 'write'
    | 'truncate'
    | 'sync'
    | 'rename'
    | 'link'
    | 'syncFolder'
    | 'makeFolder'
    | 'removeFile'
    | 'removeFolder'
    | 'touch';
  readonly path: string;
  /** The number of bytes of a `write`. */
  readonly bytes?: number;
  /** The new path of a `rename` or `link`. */
  readonly to?: string;
}

/**
 * Called before each operation. If it throws, the operation does not happen and fails with this error. Of a `write`, it may
 * return how many bytes are written at most; the rest is another `write`.
 */
export type FileOperationHook = (operation: FileOperation) => number | undefined;

let hook: FileOperationHook | undefined;

/** Sets the hook for tests that simulate crashes and failures of the disk; undefined removes it. */
export function setFileOperationHook(next: FileOperationHook | undefined): void {
  hook = next;
}

/** A file that is open for writing. */
export interface WritableFile {
  /**
   * Writes all bytes; if that fails, some of them may have been written.
   *
   * @param position where in the file; by default after what was written last
   */
  write(data: Uint8Array, position?: number): void;
  /** Removes what follows the first bytes. */
  truncate(bytes: number): void;
  /** Waits until everything written is on the disk. */
  sync(): void;
  close(): void;
}

/** Creates a file; fails if the path exists. */
export function createFile(path: string): WritableFile {
  hook?.({ kind: 'create', path });
  return writable(path, openSync(path, 'wx'));
}

/** Opens a file to append to it, and creates it if necessary. */
export function openToAppend(path: string): WritableFile {
  hook?.({ kind: 'append', path });
  return writable(path, openSync(path, 'a'));
}

function writable(path: string, file: number): WritableFile {
  return {
    write(data, position) {
      for (let start = 0; start < data.length;) {
        const bytes = data.length - start;
        const limit = hook?.({ kind: 'write', path, bytes }) ?? bytes;
        // The system may write fewer bytes than requested.
        const at = position === undefined ? undefined : position + start;
        start += writeSync(file, data, start, Math.min(bytes, limit), at);
      }
    },
    truncate(bytes) {
      hook?.({ kind: 'truncate', path });
      ftruncateSync(file, bytes);
    },
    sync() {
      hook?.({ kind: 'sync', path });
      fsyncSync(file);
    },
    close() {
      closeSync(file);
    },
  };
}

/** Renames a file or folder. A file, or an empty folder, with the new name is replaced. */
export function rename(path: string, to: string): void {
  hook?.({ kind: 'rename', path, to });
  renameSync(path, to);
}

/** Gives a file a second name; fails if that path exists. */
export function link(path: string, to: string): void {
  hook?.({ kind: 'link', path, to });
  linkSync(path, to);
}

/**
 * Waits until the names in a folder are on the disk: after a power failure, a file that was created or renamed may otherwise be
 * missing, even if its content was synced. Systems and file systems that cannot do this do not need it or offer no alternative.
 */
export function syncFolder(path: string): void {
  hook?.({ kind: 'syncFolder', path });
  if (process.platform === 'win32') return;
  let folder: number | undefined;
  try {
    folder = openSync(path, 'r');
    fsyncSync(folder);
  } catch (error) {
    // EACCES: a folder that may be written but not read.
    if (!['EACCES', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    if (folder !== undefined) closeSync(folder);
  }
}

/** Creates a folder; fails if the path exists or its parent does not. */
export function createFolder(path: string): void {
  hook?.({ kind: 'makeFolder', path });
  mkdirSync(path);
}

/** Removes a file; fails if it does not exist. */
export function unlink(path: string): void {
  hook?.({ kind: 'removeFile', path });
  unlinkSync(path);
}

/** Removes an empty folder. */
export function removeEmptyFolder(path: string): void {
  hook?.({ kind: 'removeFolder', path });
  rmdirSync(path);
}

/** Sets the modification time of a file or folder to now. */
export function touch(path: string): void {
  hook?.({ kind: 'touch', path });
  const now = new Date();
  utimesSync(path, now, now);
}
