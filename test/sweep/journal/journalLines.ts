import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { journalFile } from '#inkling/sweep/sweepFolder.js';

/** The lines of a journal after the first, which states the name, without times. */
export function linesOf(folder: string): string[] {
  const text = readFileSync(journalFile(folder), 'utf8').replaceAll(/"\d{4}-[^"]+"/g, '""');
  return text.split('\n').slice(1);
}

/** Calls an action before the nth line is appended to a journal, and before every file operation from then on. */
export function beforeLine(folder: string, nth: number, action: () => void): void {
  let lines = 0;
  setFileOperationHook(({ kind, path }) => {
    if (lines >= nth || (kind === 'append' && path === journalFile(folder) && ++lines === nth)) action();
    return undefined;
  });
}

/**
 * Has a sweep crash before each of some lines is appended to its journal, and resumes it after each crash.
 *
 * @param lines in ascending order, counted from the first that is appended
 * @param conduct starts or resumes it
 */
export async function crashBeforeLines(
  folder: string,
  lines: readonly number[],
  conduct: () => Promise<unknown>,
): Promise<void> {
  const { length } = linesOf(folder);
  for (const nth of lines) {
    beforeLine(folder, nth - (linesOf(folder).length - length), () => {
      throw new Error('crash');
    });
    await expect(conduct()).rejects.toThrow('crash');
    setFileOperationHook(undefined);
  }
  await conduct();
}
