import { InklingError, MachineError, messageOf } from '../core/errors.js';

/** What went wrong and what to do about it, by the system's error code. */
const explanations: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; check its permissions or choose another location',
  EDQUOT: 'disk quota exceeded; free some space or choose another location',
  EEXIST: 'a file with that name already exists; move it or choose another location',
  EIO: 'input/output error; check the disk or choose another location',
  EISDIR: 'it is a folder, not a file; move it or choose another name',
  ELOOP: 'its symbolic links form a loop; choose another location',
  EMFILE: 'too many open files; close some programs and try again',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
  ENOENT: 'no such file or folder; check the path',
  ENOSPC: 'the disk is full; free some space or choose another location',
  ENOTDIR: 'a part of the path is a file, not a folder; choose another location',
  EPERM: 'operation not permitted; check its permissions or choose another location',
  EROFS: 'the disk is read-only; choose another location',
};

/** Of these, those with which any other operation would fail as well: it is the machine that has failed. */
const OF_MACHINE: readonly string[] = ['EDQUOT', 'EIO', 'EMFILE', 'ENOSPC', 'EROFS'];

/** The system's code of an error, such as `ENOENT`, if it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/**
 * Runs a file operation.
 *
 * @param verb for the error message, such as `read`
 * @throws {InklingError} when it fails, with the path, the reason and what to do; a `MachineError` such as for a full disk
 */
export function attempt<T>(verb: string, path: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    const code = codeOf(error) ?? '';
    const explanation = explanations[code] ?? messageOf(error);
    const Failure = OF_MACHINE.includes(code) ? MachineError : InklingError;
    throw new Failure(`cannot ${verb} ${path}: ${explanation}`, { cause: error });
  }
}
