import { readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_FILES = 25;
/** Folders of `test` that correspond to no folder of `src`: tests of the benchmark, test helpers, cases for a test harness, crash
 * tests, tests of the fuzzers, of `docs`, and of applications with other bundlers. */
const SUPPORT = ['bench', 'bundlers', 'crash', 'docs', 'fuzz', 'helpers', 'kernels/cases', 'kernels/harness'];

test.each(['src', 'test'])('no folder in %s has too many files', (top) => {
  const folders = [top, ...foldersIn(top).map((folder) => `${top}/${folder}`)];
  const counts = folders.map((folder) => [folder, filesIn(folder).length] as const);
  expect(counts.filter(([, count]) => count > MAX_FILES)).toEqual([]);
});

test('folders of test mirror those of src', () => {
  const tests = foldersIn('test');
  expect(tests).toEqual(expect.arrayContaining(SUPPORT));
  const sources = new Set(foldersIn('src'));
  expect(tests.filter((folder) => !sources.has(folder) && !isSupport(folder))).toEqual([]);
});

const isSupport = (folder: string) =>
  SUPPORT.some((support) => folder === support || folder.startsWith(`${support}/`));

/** Paths of all folders below a folder, with `/` as separator; without generated ones. */
function foldersIn(top: string): string[] {
  return readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(ROOT, top, path)).isDirectory())
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !/(^|\/)(generated|node_modules)(\/|$)/.test(path));
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}
