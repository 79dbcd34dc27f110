import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type FileOperation, setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { appendLine, removeFile, writeFileAtomic } from '#inkling/platform/files.js';
import { makeFolder } from '#inkling/platform/folders.js';
import { removeTree } from '#inkling/platform/removal.js';
import { temporaryFolder } from '../data/tinySet.js';

afterEach(() => {
  setFileOperationHook(undefined);
});

/** The operations of a task, without the name of the temporary file. */
function recorded(task: () => void): string[] {
  const operations: string[] = [];
  setFileOperationHook(({ kind, bytes }: FileOperation) => {
    operations.push(bytes === undefined ? kind : `${kind} ${bytes}`);
    return undefined;
  });
  task();
  return operations;
}

test('the hook sees every operation', () => {
  const folder = temporaryFolder();
  const path = join(folder, 'a/b/file');
  expect(
    recorded(() => {
      makeFolder(join(folder, 'a/b'));
      writeFileAtomic(path, 'four');
      appendLine(path, 'more');
      removeFile(path);
      removeFile(path);
      removeTree(join(folder, 'a'));
    }),
  ).toEqual([
    ...['makeFolder', 'syncFolder', 'makeFolder', 'syncFolder'],
    ...['create', 'write 4', 'sync', 'rename', 'syncFolder'],
    ...['append', 'write 5'],
    ...['removeFile'],
    ...['removeFolder', 'removeFolder'],
  ]);
});

test('the hook shortens writes, after which the rest is written', () => {
  const path = join(temporaryFolder(), 'file');
  const sizes: (number | undefined)[] = [];
  setFileOperationHook(({ kind, bytes }) => {
    if (kind === 'write') sizes.push(bytes);
    return 3;
  });
  writeFileAtomic(path, '12345678');
  expect(sizes).toEqual([8, 5, 2]);
  expect(readFileSync(path, 'utf8')).toBe('12345678');
});
