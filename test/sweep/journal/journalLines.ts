import { readFileSync } from 'node:fs';
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
