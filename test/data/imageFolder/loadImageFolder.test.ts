import { readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { splitOf } from '#inkling/data/split.js';
import { craftPng, encodeJpeg, encodeWebp } from '../../helpers/encodeImage.js';
import { makeTar } from '../files/makeTar.js';
import { temporaryFolder } from '../tinySet.js';
import { load, plainPng, pngFiles, writeFileTree } from './samples.js';
import { loadedSet } from '../loaded.js';

let cache: string;
beforeEach(() => {
  cache = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', cache);
});

/** The first pixel of each image. */
function firstPixels({ shape, train }: Dataset): number[][] {
  const [height, width, channels] = shape;
  return Array.from(train.labels, (_, image) => [
    ...loadedSet(train)
      .images.subarray(image * height * width * channels)
      .subarray(0, channels),
  ]);
}

/** The files of `train/` and `test/` with two classes. */
async function twoParts(): Promise<Record<string, Uint8Array>> {
  return {
    ...(await pngFiles('train/cat', 3, [10, 20, 30])),
    ...(await pngFiles('train/dog', 2, [110, 120, 130])),
    ...(await pngFiles('test/cat', 1, [10, 20, 90])),
    ...(await pngFiles('test/dog', 1, [110, 120, 190])),
  };
}

test('loads a folder with parts: pixels, labels, names and source', async () => {
  const folder = join(temporaryFolder(), 'pets');
  writeFileTree(folder, await twoParts());
  const dataset = await load(folder);
  const { name, shape, classes, source, train, test: testSet, imageFiles } = dataset;
  expect({ name, shape, classes }).toEqual({ name: 'pets', shape: [4, 4, 3], classes: ['cat', 'dog'] });
  expect(firstPixels(dataset)).toEqual([
    [10, 20, 30],
    [10, 20, 31],
    [10, 20, 32],
    [110, 120, 130],
    [110, 120, 131],
  ]);
  expect([...train.labels]).toEqual([0, 0, 0, 1, 1]);
  expect([...testSet.labels]).toEqual([0, 1]);
  expect([loadedSet(testSet).images[2], loadedSet(testSet).images[48 + 2]]).toEqual([90, 190]);
  expect(source).toMatchObject({ kind: 'files', location: folder, verified: false });
  expect(source.notes).toBeUndefined();
  expect(imageFiles?.files.test).toEqual(['test/cat/0.png', 'test/dog/0.png']);
});

test('loads the same images from tar archives, packed or not', async () => {
  const [folder, packed] = [temporaryFolder(), temporaryFolder()];
  const files = await twoParts();
  writeFileTree(folder, files);
  const archive = makeTar(
    Object.entries(files).map(([name, content]) => ({ name: `./pets/${name}`, content })),
  );
  writeFileTree(packed, {
    'pets.tar': archive,
    'pets.tar.gz': gzipSync(archive),
    'pets.tgz': gzipSync(archive),
  });
  const expected = await load(folder);
  for (const name of readdirSync(packed)) {
    const dataset = await load(join(packed, name));
    expect(dataset.name).toBe('pets');
    expect(dataset.train).toEqual(expected.train);
    expect(dataset.test).toEqual(expected.test);
  }
  // The unpacked archive is removed.
  expect(readdirSync(join(cache, 'inkling'))).toEqual(['image-folders']);
});

test('detects PNG, JPEG and WebP by content, regardless of file names', async () => {
  const folder = temporaryFolder();
  const image = {
    width: 8,
    height: 8,
    data: Uint8Array.from({ length: 256 }, (_, at) => [200, 100, 50, 255][at % 4]),
  };
  writeFileTree(folder, {
    'a/1.jpg': await encodeJpeg(image),
    'a/2': await encodeWebp(image),
    'b/3.jpeg': await plainPng([200, 100, 50], 8),
    'b/4.png': await plainPng([200, 100, 50], 8),
  });
  const { train, test: testSet, shape } = await load(folder);
  expect(shape).toEqual([8, 8, 3]);
  for (const pixel of [...loadedSet(train).images, ...loadedSet(testSet).images].entries()) {
    const [at, value] = pixel;
    expect(Math.abs(value - [200, 100, 50][at % 3])).toBeLessThan(4);
  }
});

describe('parts', () => {
  test('without a test folder, a reproducible fifth of each class is held out, with a note', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, { ...(await pngFiles('a', 10)), ...(await pngFiles('b', 5)) });
    const first = await load(folder);
    expect(first.source.notes).toEqual([
      'no test set: held out 20 % of each class, 3 images, chosen with seed 0',
    ]);
    expect([...first.test.labels]).toEqual([0, 0, 1]);
    expect([...first.train.labels].filter((label) => label === 0)).toHaveLength(8);
    const { files } = first.imageFiles ?? { files: { train: [], test: [] } };
    expect([...files.train, ...files.test].sort()).toEqual([
      ...Array.from({ length: 10 }, (_, at) => `a/${at}.png`),
      ...Array.from({ length: 5 }, (_, at) => `b/${at}.png`),
    ]);
    expect((await load(folder)).imageFiles).toEqual(first.imageFiles);
    // Adding images to one class does not change the selection in the other.
    writeFileTree(folder, await pngFiles('b', 9));
    const second = await load(folder);
    expect(second.imageFiles?.files.test.filter((name) => name.startsWith('a/'))).toEqual(
      files.test.filter((name) => name.startsWith('a/')),
    );
  });

  test('a validation folder defines the validation images', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, {
      ...(await twoParts()),
      ...(await pngFiles('validation/dog', 2, [1, 2, 3])),
    });
    const dataset = await load(folder);
    const { train, validation } = splitOf(dataset, 42);
    expect([...train]).toEqual([0, 1, 2, 3, 4]);
    expect([...validation]).toEqual([5, 6]);
    expect(firstPixels(dataset).slice(5)).toEqual([
      [1, 2, 3],
      [1, 2, 4],
    ]);
    expect([...dataset.train.labels]).toEqual([0, 0, 0, 1, 1, 1, 1]);
  });

  test('a validation folder without a test folder remains complete', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, {
      ...(await pngFiles('train/a', 5)),
      ...(await pngFiles('train/b', 5)),
      ...(await pngFiles('val/a', 3, [1, 2, 3])),
    });
    const dataset = await load(folder);
    const { train, validation } = splitOf(dataset, 42);
    expect([train.length, validation.length, dataset.test.labels.length]).toEqual([8, 3, 2]);
    expect(firstPixels(dataset).slice(8)).toEqual([
      [1, 2, 3],
      [1, 2, 4],
      [1, 2, 5],
    ]);
  });
});

describe('files that cannot be decoded', () => {
  async function withBroken(): Promise<string> {
    const folder = temporaryFolder();
    const png = await plainPng([1, 2, 3]);
    writeFileTree(folder, {
      ...(await pngFiles('a', 3)),
      ...(await pngFiles('b', 3)),
      'a/cut.png': png.slice(0, png.length - 20),
      'a/notes.txt': 'these are cats',
      'b/empty.jpg': '',
      'b/huge.png': craftPng(100_000, 100_000, new Uint8Array()),
      'README.md': 'pets',
      '.DS_Store': 'x',
      'a/Thumbs.db': 'x',
    });
    symlinkSync('nowhere', join(folder, 'b/link.png'));
    return folder;
  }

  const unreadable = [
    'a/cut.png (the PNG file is damaged or truncated; save it again)',
    'a/notes.txt (the file is a text file, expected a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image)',
    'b/empty.jpg (the file is empty; expected an image)',
    'b/huge.png (the image has 100000 × 100000 pixels, expected 1 to 250,000,000 in total; resize it)',
    'b/link.png (a broken symbolic link; expected an image)',
  ];

  test('cause an error that lists them', async () => {
    const folder = await withBroken();
    await expect(load(folder)).rejects.toThrow(
      new InklingError(
        `${folder}: 5 files cannot be decoded: ${unreadable.join(', ')}; repair or remove the files, or skip them with the option skipUnreadable`,
      ),
    );
  });

  test('can be skipped, with a note', async () => {
    const folder = await withBroken();
    const dataset = await load(folder, { skipUnreadable: true });
    expect(dataset.train.labels.length + dataset.test.labels.length).toBe(6);
    expect(dataset.source.notes).toEqual([
      'no test set: held out 20 % of each class, 2 images, chosen with seed 0',
      `skipped: 5 files cannot be decoded: ${unreadable.join(', ')}`,
      'ignored: 1 file outside the class folders',
      'skipped: 2 system files and folders (.DS_Store, Thumbs.db)',
    ]);
    expect(dataset.imageFiles?.unreadable.map(({ file }) => file)).toEqual([
      'a/cut.png',
      'a/notes.txt',
      'b/empty.jpg',
      'b/huge.png',
      'b/link.png',
    ]);
  });

  test('cause an error when a class has no other files', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, { ...(await pngFiles('a', 2)), 'b/1.png': 'not an image' });
    await expect(load(folder, { skipUnreadable: true })).rejects.toThrow(
      new InklingError(`${folder}: none of the training images of the class "b" can be decoded; add some`),
    );
    rmSync(join(folder, 'a'), { recursive: true });
    writeFileTree(folder, { 'a/1.png': 'nor this' });
    await expect(load(folder, { skipUnreadable: true })).rejects.toThrow(
      new InklingError(
        `${folder}: none of the files can be decoded: a/1.png: the file is a text file, expected a PNG, JPEG, WebP, GIF, BMP, TIFF, AVIF, HEIC, or SVG image`,
      ),
    );
  });
});

test('uses the classes of a model as labels, and rejects others', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('cat', 2)), ...(await pngFiles('dog', 2)) });
  const input = [4, 4, 3];
  const dataset = await load(folder, { model: { input, classes: ['bird', 'dog', 'cat'] } });
  expect(dataset.classes).toEqual(['bird', 'dog', 'cat']);
  expect([...dataset.train.labels]).toEqual([2, 1]);
  await expect(load(folder, { model: { input, classes: ['bird', 'dog'] } })).rejects.toThrow(
    new InklingError(
      `${folder}: unknown class "cat"; expected only classes of the model, which are matched by name: bird or dog`,
    ),
  );
  await expect(load(folder, { model: { input: [4, 4, 2], classes: ['cat', 'dog'] } })).rejects.toThrow(
    new InklingError(
      `${folder}: the model takes 2 channels, expected 1 or 3 for image files; choose another model`,
    ),
  );
});

test('stops when aborted', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 200)), ...(await pngFiles('b', 200)) });
  const stop = new AbortController();
  const onDecode = (): void => {
    stop.abort(new Error('enough'));
  };
  await expect(load(folder, { signal: stop.signal, onDecode })).rejects.toThrow('enough');
  expect(readdirSync(join(cache, 'inkling/image-folders'))).toEqual([]);
});
