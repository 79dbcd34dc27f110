import { beforeEach, describe, expect, test, vi } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { temporaryFolder } from '../tinySet.js';
import { load, plainPng, pngFiles, writeFileTree, type Rgb } from './samples.js';

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
});

describe('the shape of the images', () => {
  const gray: Rgb = [9, 9, 9];

  async function shapeOf(files: Record<string, Uint8Array>, request = {}): Promise<readonly number[]> {
    const folder = temporaryFolder();
    writeFileTree(folder, files);
    return (await load(folder, request)).shape;
  }

  test('is that of the files if all are equal, with one channel if all are grayscale', async () => {
    const all = { 'a/1': await plainPng(gray, 6, 3), 'b/1': await plainPng([50, 50, 50], 6, 3) };
    expect(await shapeOf(all)).toEqual([3, 6, 1]);
    expect(await shapeOf({ ...all, 'b/2': await plainPng([50, 51, 50], 6, 3) })).toEqual([3, 6, 3]);
  });

  test('is otherwise a square with the median of the shorter sides, at most 64', async () => {
    const small = { 'a/1': await plainPng(gray, 6, 30), 'b/1': await plainPng(gray, 20, 9) };
    expect(await shapeOf({ ...small, 'b/2': await plainPng(gray, 10, 30) })).toEqual([9, 9, 1]);
    expect(await shapeOf({ 'a/1': await plainPng(gray, 200), 'b/1': await plainPng(gray, 200) })).toEqual([
      64, 64, 1,
    ]);
  });

  test('is the requested one, or that of the model', async () => {
    const all = { 'a/1': await plainPng(gray, 6, 3), 'b/1': await plainPng(gray, 6, 3) };
    expect(await shapeOf(all, { imageSize: 12 })).toEqual([12, 12, 1]);
    expect(await shapeOf(all, { model: { input: [5, 7, 3], classes: ['a', 'b'] } })).toEqual([5, 7, 3]);
  });

  test('is rejected when images are too large', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, await pngFiles('a', 2));
    writeFileTree(folder, await pngFiles('b', 2));
    await expect(load(folder, { imageSize: 20_000 })).rejects.toThrow(
      new InklingError(
        `${folder}: an image of 20000×20000×3 takes 1,200 MB, expected at most 50 MB; make images smaller with the option imageSize 4082`,
      ),
    );
  });
});
