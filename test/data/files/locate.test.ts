import { writeFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolders, locate, findFile, userCacheFolder } from '#inkling/data/files/locate.js';
import { temporaryFolder, tinyEntry, tinyFiles, writeFiles } from '../tinySet.js';

const entry = tinyEntry();

test('searches --data-dir, INKLING_DATA_DIR and ./data, in this order and without duplicates', () => {
  expect(dataFolders('mine', { INKLING_DATA_DIR: '/theirs' })).toEqual([
    resolve('mine'),
    resolve('/theirs'),
    resolve('data'),
  ]);
  expect(dataFolders(undefined, {})).toEqual([resolve('data')]);
  expect(dataFolders('./data', { INKLING_DATA_DIR: '' })).toEqual([resolve('data')]);
});

test('stores downloads in a folder of the user’s cache', () => {
  expect(isAbsolute(userCacheFolder())).toBe(true);
  expect(userCacheFolder()).toContain('inkling');
});

test.each(['', 'tiny', 'TINY/raw'])('finds the files in folder/%s, raw or packed', (subfolders) => {
  const [raw, packed] = [temporaryFolder(), temporaryFolder()];
  writeFiles(join(raw, subfolders), tinyFiles);
  writeFiles(join(packed, subfolders), tinyFiles, true);
  expect(locate(entry, [raw])).toEqual({ folder: join(raw, subfolders), tried: [] });
  expect(locate(entry, [packed])).toEqual({ folder: join(packed, subfolders), tried: [] });
});

test('returns the first folder with all files, and what is wrong with those before it', () => {
  const [empty, partial, first, second] = Array.from({ length: 4 }, temporaryFolder);
  const { 'train-images-idx3-ubyte': images, 't10k-labels-idx1-ubyte': labels } = tinyFiles;
  writeFiles(join(partial, 'tiny'), { 'train-images-idx3-ubyte': images, 't10k-labels-idx1-ubyte': labels });
  const file = join(empty, 'file');
  writeFileSync(file, '');
  writeFiles(first, tinyFiles);
  writeFiles(second, tinyFiles);
  const { folder, tried } = locate(entry, [join(empty, 'nowhere'), file, empty, partial, first, second]);
  expect(folder).toBe(first);
  expect(tried).toEqual([
    `${join(empty, 'nowhere')} (no such folder)`,
    `${file} (no such folder)`,
    `${empty} (none of the files)`,
    `${join(partial, 'tiny')} (missing train-labels-idx1-ubyte, t10k-images-idx3-ubyte)`,
  ]);
});

test('does not combine files from two folders', () => {
  const folder = temporaryFolder();
  const { 'train-images-idx3-ubyte': images, ...others } = tinyFiles;
  writeFiles(folder, { 'train-images-idx3-ubyte': images });
  writeFiles(join(folder, 'tiny'), others);
  expect(locate(entry, [folder]).folder).toBeUndefined();
});

test('prefers a raw file to a packed one', () => {
  const folder = temporaryFolder();
  const name = 'train-labels-idx1-ubyte';
  expect(findFile(folder, name)).toBeUndefined();
  writeFileSync(join(folder, `${name}.gz`), '');
  expect(findFile(folder, name)).toBe(join(folder, `${name}.gz`));
  writeFileSync(join(folder, name), '');
  expect(findFile(folder, name)).toBe(join(folder, name));
});
