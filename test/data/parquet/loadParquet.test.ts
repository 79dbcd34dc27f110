import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { load, plainPng, type Rgb, writeFileTree } from '../imageFolder/samples.js';
import { temporaryFolder } from '../tinySet.js';
import { type HubImage, hubTable, parquetOf, writeParquet } from './writeParquet.js';
import { loadedSet } from '../loaded.js';

let cache: string;
beforeEach(() => {
  cache = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const [RED, GREEN]: Rgb[] = [
  [250, 0, 0],
  [0, 250, 0],
];

async function image(color: Rgb, blue = 0): Promise<HubImage> {
  return { bytes: await plainPng([color[0], color[1], blue]), path: null };
}

/** Images that alternate between red (class 1) and green (class 0). */
function alternating(count: number): Promise<HubImage[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => image(i % 2 === 0 ? RED : GREEN, i)));
}
const labelsOf = (count: number) => Array.from({ length: count }, (_, i) => (i + 1) % 2);
const NAMES = ['green', 'a red/one'];

describe('a data set of the Hugging Face hub', () => {
  test('has its parts from the names of the files, and classes in the order of their numbers', async () => {
    const folder = temporaryFolder();
    const images = await alternating(12);
    writeFileTree(folder, {
      'README.md': '# Colors',
      'data/train-00000-of-00002.parquet': hubTable(images.slice(0, 6), labelsOf(6), NAMES),
      'data/train-00001-of-00002.parquet': hubTable(images.slice(6, 8), labelsOf(2), NAMES),
      'data/test-00000-of-00001.parquet': hubTable(images.slice(8), labelsOf(4), NAMES),
    });
    const { classes, shape, train, test: tested, source, imageFiles } = await load(folder);
    expect({ classes, shape }).toEqual({ classes: NAMES, shape: [4, 4, 3] });
    expect([...train.labels]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect([...tested.labels]).toEqual([0, 0, 1, 1]);
    // The first green image, and the first red one.
    expect([...loadedSet(train).images.subarray(0, 3)]).toEqual([0, 250, 1]);
    expect([...loadedSet(train).images.subarray(4 * 48, 4 * 48 + 3)]).toEqual([250, 0, 0]);
    expect(source.notes).toEqual([
      'read as a Parquet table: images from column "image"; labels from column "label"',
    ]);
    expect(imageFiles?.files.test[0]).toBe('test-00000-of-00001.parquet, row 2');
  });

  test('may have its parts as folders', async () => {
    const folder = temporaryFolder();
    const images = await alternating(6);
    writeFileTree(folder, {
      'default/train/0000.parquet': hubTable(images.slice(0, 4), labelsOf(4), NAMES),
      'default/validation/0000.parquet': hubTable(images.slice(0, 2), labelsOf(2), NAMES),
      'default/test/0000.parquet': hubTable(images.slice(4), labelsOf(2), NAMES),
    });
    const { train, validationCount, test: tested } = await load(folder);
    expect([train.labels.length, validationCount, tested.labels.length]).toEqual([6, 2, 2]);
  });

  test('is read from the cache the second time, and leaves no temporary file', async () => {
    const file = writeParquet(
      join(temporaryFolder(), 'train.parquet'),
      hubTable(await alternating(10), labelsOf(10)),
    );
    const first = await load(file);
    const onDecode = vi.fn();
    expect(await load(file, { onDecode })).toEqual(first);
    expect(onDecode).not.toHaveBeenCalled();
    expect(readdirSync(join(cache, 'inkling'))).toEqual(['image-folders']);
  });

  test('leaves out images without a label, and names rows without an image', async () => {
    const [red, green] = await alternating(2);
    const images = [red, green, red, green, red, { bytes: null, path: 'a.png' }, null];
    const file = writeParquet(
      join(temporaryFolder(), 'a.parquet'),
      hubTable(images, [1, 0, 1, 0, -1, 0, 1], NAMES),
    );
    await expect(load(file)).rejects.toThrow(
      new InklingError(
        `${file}: 2 files cannot be decoded: a.parquet, row 6 (the row has no image; expected its bytes, not only its path), a.parquet, row 7 (the row has no image; expected its bytes, not only its path); repair or remove the files, or skip them with the option skipUnreadable`,
      ),
    );
    const { source, train, test: tested } = await load(file, { skipUnreadable: true });
    expect(train.labels.length + tested.labels.length).toBe(4);
    expect(source.notes).toContain('ignored: 1 image without a label');
  });

  test.each(['GZIP', 'BROTLI', 'SNAPPY', 'UNCOMPRESSED'] as const)(
    'may be compressed with %s',
    async (codec) => {
      const compressors = { GZIP: gzipSync, BROTLI: (bytes: Uint8Array) => brotliCompressSync(bytes) };
      const bytes = hubTable(await alternating(8), labelsOf(8), NAMES, { codec, compressors });
      const { classes } = await load(writeParquet(join(temporaryFolder(), 'a.parquet'), bytes));
      expect(classes).toEqual(NAMES);
    },
  );

  test('is rejected if the folder contains several', async () => {
    const folder = temporaryFolder();
    const table = hubTable(await alternating(4), labelsOf(4), NAMES);
    writeFileTree(folder, { 'a/train.parquet': table, 'b/train.parquet': table });
    await expect(load(folder)).rejects.toThrow(
      `${folder}: contains the Parquet tables of several data sets, in a, b; pass the folder of one`,
    );
  });
});

test('reads image files from a column of bytes, with labels as text', async () => {
  const images = await alternating(10);
  const file = writeParquet(
    join(temporaryFolder(), 'a.parquet'),
    parquetOf([
      { name: 'id', data: images.map((_, i) => i), type: 'INT32' },
      { name: 'jpg', data: images.map(({ bytes }) => bytes), type: 'BYTE_ARRAY' },
      { name: 'category', data: labelsOf(10).map((label) => ['grün', 'red'][label]), type: 'STRING' },
    ]),
  );
  const { classes, source } = await load(file);
  expect(classes).toEqual(['grün', 'red']);
  expect(source.notes).toContain(
    'read as a Parquet table: images from column "jpg"; labels from column "category"; ignored columns: "id"',
  );
});

describe('pixels', () => {
  const rows = Array.from({ length: 10 }, (_, row) => [row, 20, 30, 255]);
  const labels = rows.map((_, row) => (row % 2 === 0 ? 3 : 7));

  test('in one column each are read like a table', async () => {
    const folder = temporaryFolder();
    const table = parquetOf(
      [
        ...rows[0].map((_, pixel) => ({
          name: `pixel${pixel}`,
          data: rows.map((row) => row[pixel]),
          type: 'INT32' as const,
        })),
        { name: 'label', data: labels.map(BigInt), type: 'INT64' },
      ],
      { rowGroupSize: 4 },
    );
    writeFileTree(folder, { 'train.parquet': table, 'test.parquet': table });
    const { classes, shape, train, test: tested, source } = await load(folder);
    expect({ classes, shape }).toEqual({ classes: ['3', '7'], shape: [2, 2, 1] });
    expect([...loadedSet(train).images]).toEqual(rows.flat());
    expect([...tested.labels]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    expect(Object.keys(source.sha256)).toEqual(['test.parquet', 'train.parquet']);
    expect(source.notes).toEqual([
      'read as a table of 10 rows; 4 pixel columns as 2×2 grayscale; labels from column "label"',
    ]);
  });

  test('in lists and in text are read as well', async () => {
    const text = { name: 'pixels', data: rows.map((row) => row.join(' ')), type: 'STRING' as const };
    const usage = {
      name: 'Usage',
      data: rows.map((_, row) => (row < 6 ? 'Training' : 'PrivateTest')),
      type: 'STRING' as const,
    };
    const emotion = { name: 'emotion', data: labels, type: 'INT32' as const };
    const fer = await load(
      writeParquet(join(temporaryFolder(), 'fer.parquet'), parquetOf([emotion, text, usage])),
    );
    expect([...loadedSet(fer.train).images, ...loadedSet(fer.test).images]).toEqual(rows.flat());
    expect(fer.test.labels.length).toBe(4);
    const lists = parquetOf(
      [
        { name: 'image', data: rows.map((row) => [row.slice(0, 2), row.slice(2)]) },
        { name: 'emotion', data: labels },
      ],
      {
        schema: [
          { name: 'schema', num_children: 2 },
          { name: 'image', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
          { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
          { name: 'element', num_children: 1, converted_type: 'LIST', repetition_type: 'OPTIONAL' },
          { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
          { name: 'element', type: 'INT32', repetition_type: 'OPTIONAL' },
          { name: 'emotion', type: 'INT32', repetition_type: 'OPTIONAL' },
        ],
      },
    );
    const nested = await load(writeParquet(join(temporaryFolder(), 'lists.parquet'), lists), {
      use: 'evaluation',
    });
    expect([...loadedSet(nested.test).images]).toEqual(rows.flat());
  });
});

describe('rejects', () => {
  const NONE = parquetOf([{ name: 'label', data: [1, 2], type: 'INT32' }]);
  test.each([
    [
      'another file',
      new TextEncoder().encode('label,pixel0\n1,2\n'),
      'expected a Parquet table, got something else',
    ],
    [
      'a truncated file',
      NONE.subarray(0, NONE.length - 9),
      'the Parquet table is damaged (it is truncated); get a complete copy',
    ],
    ['a table without images', NONE, 'has 0 pixel columns, expected a square number'],
    [
      'an empty table',
      parquetOf([{ name: 'label', data: [], type: 'INT32' }]),
      'has no rows; expected one row per image',
    ],
  ])('%s', async (_what, bytes, problem) => {
    const file = writeParquet(join(temporaryFolder(), 'a.parquet'), bytes);
    await expect(load(file)).rejects.toThrow(`${file}: ${problem}`);
    await expect(load(file)).rejects.toBeInstanceOf(InklingError);
  });

  test('images without labels, and labels without a name', async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const images = await alternating(2);
    const alone = parquetOf([{ name: 'image', data: images.map(({ bytes }) => bytes), type: 'BYTE_ARRAY' }]);
    await expect(load(writeParquet(join(folder, 'a.parquet'), alone))).rejects.toThrow(
      'expected a column of labels next to the images, such as "label", got "image"',
    );
    const unnamed = hubTable(images, [0, 2], NAMES);
    await expect(load(writeParquet(join(folder, 'b.parquet'), unnamed))).rejects.toThrow(
      'row 2, label: the label 2 has no name, expected a number from 0 to 1',
    );
  });
});
