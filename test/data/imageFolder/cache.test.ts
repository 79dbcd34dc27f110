import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../tinySet.js';
import { load, plainPng, pngFiles, writeFileTree } from './samples.js';

let cacheHome: string;
beforeEach(() => {
  cacheHome = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', cacheHome);
});

describe('the cache', () => {
  const progressOf = async (folder: string): Promise<number> => {
    const onDecode = vi.fn();
    await load(folder, { onDecode });
    return onDecode.mock.calls.length;
  };

  test('is used unless a file was changed, added or removed', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, { ...(await pngFiles('a', 2)), ...(await pngFiles('b', 2)) });
    const first = await load(folder);
    expect(await progressOf(folder)).toBe(0);
    expect(await load(folder)).toEqual(first);

    writeFileSync(join(folder, 'a/0.png'), await plainPng([7, 7, 8]));
    expect(await progressOf(folder)).toBe(4);
    writeFileSync(join(folder, 'a/8.png'), await plainPng([7, 7, 8]));
    writeFileSync(join(folder, 'a/9.png'), await plainPng([7, 7, 8]));
    expect(await progressOf(folder)).toBe(6);
    rmSync(join(folder, 'a/8.png'));
    expect(await progressOf(folder)).toBe(5);
    // Other bytes of the same length, with the old modification time.
    const path = join(folder, 'b/0.png');
    const { atime, mtime } = statSync(path);
    writeFileSync(path, await plainPng([7, 7, 9]));
    utimesSync(path, atime, mtime);
    expect(await progressOf(folder)).toBe(5);
    // An empty folder is a class without images.
    mkdirSync(join(folder, 'c'));
    await expect(load(folder)).rejects.toThrow('the class folder "c" is empty');
  });

  test('is done without if it cannot be written', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, { ...(await pngFiles('a', 2)), ...(await pngFiles('b', 2)) });
    const file = join(cacheHome, 'file');
    writeFileSync(file, '');
    vi.stubEnv('XDG_CACHE_HOME', file);
    const { source, train, test: tested } = await load(folder);
    expect(train.labels.length + tested.labels.length).toBe(4);
    expect(source.notes?.at(-1)).toMatch(
      /^not cached, so the images will be decoded again next time: cannot create .*file: /,
    );
  });

  test('is ignored if damaged', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, { ...(await pngFiles('a', 2)), ...(await pngFiles('b', 2)) });
    const first = await load(folder);
    const cached = join(cacheHome, 'inkling/image-folders');
    const [key] = readdirSync(cached);
    for (const [file, content] of [
      ['images', new Uint8Array(192)],
      ['index.json', '{}'],
      ['index.json', '{'],
    ] as const) {
      writeFileSync(join(cached, key, file), content);
      expect(await progressOf(folder)).toBe(4);
    }
    const index = readFileSync(join(cached, key, 'index.json'), 'utf8');
    writeFileSync(join(cached, key, 'index.json'), index.replace('"b/0.png"', '"b/2.png"'));
    expect(await progressOf(folder)).toBe(4);
    expect(await load(folder)).toEqual(first);
  });

  test('is used for a trained model whose data set is in color', async () => {
    const colors = temporaryFolder();
    writeFileTree(colors, { ...(await pngFiles('a', 2)), ...(await pngFiles('b', 2)) });
    const gray = temporaryFolder();
    writeFileTree(gray, { 'a/0.png': await plainPng([7, 7, 7]), 'b/0.png': await plainPng([9, 9, 9]) });
    const decodedFor = async (folder: string) => {
      await load(folder, { imageSize: 4 });
      const onDecode = vi.fn();
      const { shape } = await load(folder, { model: { input: [4, 4, 3], classes: ['a', 'b'] }, onDecode });
      expect(shape).toEqual([4, 4, 3]);
      return onDecode.mock.calls.length;
    };
    expect(await decodedFor(colors)).toBe(0);
    expect(await decodedFor(gray)).toBe(2);
  });

  test('holds the most recently used data sets', async () => {
    const cached = join(cacheHome, 'inkling/image-folders');
    for (let size = 1; size <= 10; size++) {
      const folder = temporaryFolder();
      writeFileTree(folder, {
        'a/1': await plainPng([1, 2, 3], size),
        'b/1': await plainPng([1, 2, 3], size),
      });
      await load(folder);
    }
    expect(readdirSync(cached)).toHaveLength(8);
  });
});
