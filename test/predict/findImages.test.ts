import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findImageFiles, looksLikeImagePath } from '#inkling/predict/findImages.js';
import { temporaryFolder } from '../data/tinySet.js';

function folderWith(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), name);
  }
  return folder;
}

async function namesAt(folder: string, ...paths: readonly string[]): Promise<string[]> {
  const { files } = await findImageFiles(paths.map((path) => `${folder}/${path}`));
  return files.map(
    ({ file, problem }) => `${file.slice(folder.length + 1)}${problem === undefined ? '' : ` (${problem})`}`,
  );
}

test('finds every file in a folder and its subfolders, regardless of its name', async () => {
  const folder = folderWith('b10.jfif', 'b9.pjpeg', 'a', 'c.BMP', 'deep/er/x.tiff', 'notes.txt');
  expect(await namesAt(folder, '')).toEqual([
    'a',
    'b9.pjpeg',
    'b10.jfif',
    'c.BMP',
    'deep/er/x.tiff',
    'notes.txt',
  ]);
});

test('skips and lists files of the operating system', async () => {
  const folder = folderWith('a.png', 'Thumbs.db', '.DS_Store', '__MACOSX/._a.png', 'deep/desktop.ini');
  const { files, systemFiles } = await findImageFiles([folder]);
  expect(files).toEqual([{ file: `${folder}/a.png` }]);
  expect(systemFiles.map((path) => path.slice(folder.length + 1)).sort()).toEqual([
    '.DS_Store',
    'Thumbs.db',
    '__MACOSX',
    'deep/desktop.ini',
  ]);
});

test('reports broken links and empty folders, and follows a loop of links once', async () => {
  const folder = folderWith('a.png');
  symlinkSync(join(folder, 'none'), join(folder, 'broken.png'));
  symlinkSync(folder, join(folder, 'loop'));
  mkdirSync(join(folder, 'empty'));
  expect(await namesAt(folder, '')).toEqual([
    'a.png',
    'broken.png (not a file, but a broken link; remove it)',
  ]);
  expect(await namesAt(folder, 'empty')).toEqual(['empty (contains no files; check the path)']);
});

test.each(['New folder (2)', 'DCIM [old]', 'a{b}', "it's+(x)", 'why!(not)', '{a,b}'])(
  'finds files in the folder "%s"',
  async (name) => {
    const [one, two] = [`${name}/seven (1).png`, `${name}/seven (2).png`];
    const folder = folderWith(
      one,
      two,
      `${name}/8.jpg`,
      'New folder 2/seven.png',
      'a/seven (1).png',
      'DCIM o/7.png',
    );
    expect(await namesAt(folder, one)).toEqual([one]);
    expect(await namesAt(folder, name)).toEqual([`${name}/8.jpg`, one, two]);
    expect(await namesAt(folder, `${name}/*.png`)).toEqual([one, two]);
    expect(await namesAt(folder, `${name}/seven (*).png`)).toEqual([one, two]);
    expect(await namesAt(folder, `${name}/seven (?).{png,jpg}`)).toEqual([one, two]);
  },
);

test('treats brackets as a pattern only if no file name contains them', async () => {
  const folder = folderWith('a1.png', 'a2.png', 'a[1].png', 'b.png');
  expect(await namesAt(folder, 'a[1].png')).toEqual(['a[1].png']);
  expect(await namesAt(folder, 'a[1]*')).toEqual(['a[1].png']);
  expect(await namesAt(folder, '[ab]?.png')).toEqual(['a1.png', 'a2.png']);
  expect(await namesAt(folder, '@(a1|b).png')).toEqual(['a1.png', 'b.png']);
});

test('treats the name of an existing file as a file, not as a pattern', async () => {
  const folder = folderWith('a*.png', 'a1.png');
  expect(await namesAt(folder, 'a*.png')).toEqual(['a*.png']);
});

test('a pattern that matches folders includes their files, each once', async () => {
  const folder = folderWith('x/1.png', 'x/y/2.png', 'z.png');
  expect(await namesAt(folder, '*')).toEqual(['x/1.png', 'x/y/2.png', 'z.png']);
  expect(await namesAt(folder, '**')).toEqual(['x/1.png', 'x/y/2.png', 'z.png']);
  expect(await namesAt(folder, '**/*.PNG')).toEqual(['x/1.png', 'x/y/2.png', 'z.png']);
});

test('recognizes Windows path separators', async () => {
  const folder = folderWith('my scans/1.png', 'my scans/2.jpg');
  const { files } = await findImageFiles([`${folder}\\my scans`, `${folder}\\my scans\\*.jpg`]);
  expect(files.map(({ file }) => file.slice(folder.length + 1))).toEqual([
    'my scans/1.png',
    'my scans/2.jpg',
    'my scans/2.jpg',
  ]);
});

test('reports missing files and patterns without matches', async () => {
  expect(await namesAt(folderWith('a.png'), 'b.png', '*.jpg')).toEqual([
    'b.png (no such file or folder; check the path)',
    '*.jpg (matches no files; check the pattern)',
  ]);
});

test('distinguishes paths of images from names of runs', () => {
  expect(['a.png', 'scans/*', 'x[1]', '@(a|b)'].map(looksLikeImagePath)).toEqual([true, true, true, true]);
  expect(['mlp-mnist-1', 'report cnn'].map(looksLikeImagePath)).toEqual([false, false]);
});
