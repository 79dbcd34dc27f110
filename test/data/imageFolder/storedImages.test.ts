import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sizeOf } from '#inkling/core/shape.js';
import { auditDataset } from '#inkling/data/audit/auditDataset.js';
import type { Dataset, ImageSet } from '#inkling/data/dataset.js';
import { imageOf } from '#inkling/data/imageOf.js';
import { memoryOf } from '#inkling/data/memoryOf.js';
import { pixelsOf } from '#inkling/data/imageSet.js';
import type { DatasetRequest } from '#inkling/data/datasetRequest.js';
import { preset } from '#inkling/models/presets.js';
import { setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { fingerprintOf } from '#inkling/runs/dataset/fingerprint.js';
import { DatasetLoader } from '#inkling/server/datasets/datasetLoader.js';
import { decodeDataset, encodeDataset } from '#inkling/server/datasets/datasetMessage.js';
import { trainAndScore } from '#inkling/train/trainAndScore.js';
import { stripes } from '../../helpers/stripes.js';
import { encodePng } from '../../helpers/encodeImage.js';
import { loaded } from '../loaded.js';
import { temporaryFolder } from '../tinySet.js';
import { load, plainPng, pngFiles, writeFileTree } from './samples.js';

// Two images of 8×8×1 pixels are in memory at a time.
const limit = vi.hoisted(() => ({ MAX_MEMORY_BYTES: 0, CHUNK_BYTES: 128 }));
vi.mock('#inkling/data/memoryLimit.js', () => ({
  get MAX_MEMORY_BYTES() {
    return limit.MAX_MEMORY_BYTES;
  },
  CHUNK_BYTES: limit.CHUNK_BYTES,
}));

let cacheHome: string;
beforeEach(() => {
  vi.unstubAllEnvs();
  cacheHome = temporaryFolder();
  vi.stubEnv('XDG_CACHE_HOME', cacheHome);
  limit.MAX_MEMORY_BYTES = 0;
});

/** The same data set with its images in memory. */
function inMemory(dataset: Dataset): Dataset {
  const read = ({ images, labels }: ImageSet): ImageSet => {
    expect(images).not.toBeInstanceOf(Uint8Array);
    return { images: pixelsOf(images, sizeOf(dataset.shape), 0, labels.length), labels };
  };
  return { ...dataset, train: read(dataset.train), test: read(dataset.test) };
}

/** Loads a folder with its images in memory. */
async function loadInMemory(folder: string, request: Partial<DatasetRequest> = {}): Promise<Dataset> {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
  limit.MAX_MEMORY_BYTES = 2 ** 29;
  const dataset = loaded(await load(folder, request));
  limit.MAX_MEMORY_BYTES = 0;
  vi.stubEnv('XDG_CACHE_HOME', cacheHome);
  return dataset;
}

const samples = {
  'colors, without test images': async () => ({
    ...(await pngFiles('a', 9)),
    ...(await pngFiles('b', 7, [0, 9, 50])),
  }),
  'grayscale images': async () => ({
    'train/a/1.png': await plainPng([3, 3, 3]),
    'train/a/2.png': await plainPng([8, 8, 8]),
    'train/b/1.png': await plainPng([90, 90, 90]),
    'test/a/1.png': await plainPng([4, 4, 4]),
    'test/b/1.png': await plainPng([91, 91, 91]),
  }),
};

describe.each(Object.entries(samples))('a data set that is too large for memory: %s', (_name, files) => {
  test('is the same, decoded and from the cache', async () => {
    const folder = temporaryFolder();
    writeFileTree(folder, await files());
    const expected = await loadInMemory(folder);
    const decoded = await load(folder);
    expect(inMemory(decoded)).toEqual(expected);
    const onDecode = vi.fn();
    const cached = await load(folder, { onDecode });
    expect(onDecode).not.toHaveBeenCalled();
    expect(inMemory(cached)).toEqual(expected);
    expect(fingerprintOf(cached)).toEqual(fingerprintOf(expected));
    expect(auditDataset(cached)).toEqual(auditDataset(expected));
    expect(imageOf(cached, 'test', 1)).toEqual(imageOf(expected, 'test', 1));
    const received = decodeDataset(structuredClone(encodeDataset(cached)));
    expect(memoryOf(received)).toBe(5 * (received.train.labels.length + received.test.labels.length));
    expect(inMemory(received)).toEqual(expected);
  });
});

test('files that cannot be decoded leave no gaps', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 4)), ...(await pngFiles('b', 4, [1, 2, 3])) });
  // Its size can be read, and its pixels cannot.
  for (const name of ['a/1.png', 'b/0.png']) {
    const png = await plainPng([9, 9, 9]);
    writeFileSync(join(folder, name), png.fill(0, 44, -16));
  }
  const expected = await loadInMemory(folder, { skipUnreadable: true });
  const stored = await load(folder, { skipUnreadable: true });
  expect(stored.imageFiles?.unreadable).toHaveLength(2);
  const firstPixels = (['train', 'test'] as const).flatMap((part) =>
    Array.from(stored[part].labels, (_, image) =>
      [...imageOf(stored, part, image).pixels.subarray(0, 3)].join(),
    ),
  );
  expect(firstPixels.sort()).toEqual(['1,2,4', '1,2,5', '1,2,6', '200,100,0', '200,100,2', '200,100,3']);
  expect(inMemory(stored)).toEqual(expected);
});

test('a damaged file of the cache is replaced', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 3)), ...(await pngFiles('b', 3)) });
  const first = inMemory(await load(folder));
  const entries = join(cacheHome, 'inkling/image-folders');
  const images = join(entries, readdirSync(entries)[0], 'images');
  for (const content of [new Uint8Array(statSync(images).size), new Uint8Array(5)]) {
    writeFileSync(images, content);
    const onDecode = vi.fn();
    expect(inMemory(await load(folder, { onDecode }))).toEqual(first);
    expect(onDecode).toHaveBeenCalledTimes(6);
  }
});

test('a loaded data set can still be read after its file in the cache was removed', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 3)), ...(await pngFiles('b', 3)) });
  const expected = await loadInMemory(folder);
  const dataset = await load(folder);
  const entries = join(cacheHome, 'inkling/image-folders');
  for (const name of readdirSync(entries)) rmSync(join(entries, name), { recursive: true });
  expect(inMemory(dataset)).toEqual(expected);
  expect(() => decodeDataset(encodeDataset(dataset))).toThrow(
    `${dataset.name}: its images are too large for memory and cannot be cached; run inkling data on it to see why`,
  );
});

test('without a cache, nothing remains of the images', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 3)), ...(await pngFiles('b', 3)) });
  const expected = await loadInMemory(folder);
  const blocked = join(cacheHome, 'file');
  writeFileSync(blocked, '');
  vi.stubEnv('XDG_CACHE_HOME', blocked);
  vi.stubEnv('TMPDIR', join(cacheHome, 'tmp'));
  mkdirSync(join(cacheHome, 'tmp'));
  const dataset = await load(folder);
  expect(dataset.source.notes?.at(-1)).toMatch(
    /^not cached, so the images will be decoded again next time: /,
  );
  expect(inMemory(dataset).train).toEqual(expected.train);
  expect(readdirSync(join(cacheHome, 'tmp'))).toEqual([]);
});

describe('if the disk fails', () => {
  let folder: string;
  const cache = () => join(cacheHome, 'inkling');
  const temporaries = () =>
    readdirSync(cache(), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.tmp'));
  beforeEach(async () => {
    folder = temporaryFolder();
    writeFileTree(folder, { ...(await pngFiles('a', 3)), ...(await pngFiles('b', 3)) });
  });
  afterEach(() => {
    setFileOperationHook(undefined);
  });

  test.each(['write', 'truncate', 'sync'] as const)(
    'in a %s, loading fails, and nothing remains',
    async (kind) => {
      setFileOperationHook((operation) => {
        if (operation.kind !== kind || !operation.path.endsWith('images')) return undefined;
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      });
      await expect(load(folder)).rejects.toThrow(
        /^.+: cannot write .*images: the disk is full; free some space/,
      );
      expect(temporaries()).toEqual([]);
    },
  );

  test('while an entry is renamed, the images are not cached', async () => {
    const expected = await loadInMemory(folder);
    setFileOperationHook((operation) => {
      if (operation.kind !== 'rename') return undefined;
      throw Object.assign(new Error('denied'), { code: 'EACCES' });
    });
    const dataset = await load(folder);
    expect(dataset.source.notes?.at(-1)).toMatch(/^not cached, .*permission denied/);
    expect(inMemory(dataset).train).toEqual(expected.train);
    expect(temporaries()).toEqual([]);
  });
});

test('the server loads such a data set in a thread', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 3)), ...(await pngFiles('b', 3)) });
  const expected = await loadInMemory(folder);
  const module = pathToFileURL(join(cacheHome, 'worker.mjs'));
  // The thread has the limit of the program: the message of one with another limit is made here.
  const message = encodeDataset(await load(folder));
  writeFileSync(
    module,
    `import { parentPort, workerData } from 'node:worker_threads';
    parentPort.postMessage({ dataset: workerData.message });`,
  );
  const loader = new DatasetLoader({ module });
  const request = { name: folder, message } as unknown as DatasetRequest;
  expect(inMemory(await loader.load('photos', request))).toEqual(expected);
  loader.close();
});

test('training gives the same weights, calibration, and scores', async () => {
  const known = stripes({ train: 80, test: 1 });
  const folder = temporaryFolder();
  const { images, labels } = known.train;
  for (const [image, label] of labels.entries()) {
    const data = Uint8Array.from({ length: 256 }, (_, at) =>
      at % 4 === 3 ? 255 : images[image * 64 + (at >> 2)],
    );
    const png = await encodePng({ width: 8, height: 8, data });
    writeFileTree(folder, { [`${known.classes[label]}/${image}.png`]: png });
  }
  const resultOf = async (dataset: Dataset) => {
    const model = preset('report-cnn', { input: dataset.shape, classes: 3 });
    const settings = { epochs: 2, batchSize: 7, threads: 2, augment: { shift: 1, mixup: 0.2 } };
    const { best, test: scores, predictions, notices } = await trainAndScore({ model, dataset, settings });
    return { weights: best?.weights, calibration: best?.calibration, scores, predictions, notices };
  };
  const stored = await load(folder);
  expect(stored.train.images).not.toBeInstanceOf(Uint8Array);
  const result = await resultOf(stored);
  expect(result.calibration).toBeDefined();
  expect(result).toEqual(await resultOf(await loadInMemory(folder)));
});

test('images that do not fit on the disk are an error', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 2)), ...(await pngFiles('b', 2)) });
  vi.resetModules();
  vi.doMock('#inkling/platform/folders.js', async (original) => ({
    ...(await original<object>()),
    freeBytes: () => 2 ** 28 + 500,
  }));
  const { loadDataset: loadOnSmallDisk } = await import('#inkling/data/load.js');
  const cache = join(cacheHome, 'inkling');
  await expect(loadOnSmallDisk({ name: folder, environment: {}, imageSize: 100 })).rejects.toThrow(
    `${folder}: 4 images of 100×100×3 take 1 MB, for which ${cache} has no space; free some, or make them smaller with the option imageSize 6`,
  );
  vi.doUnmock('#inkling/platform/folders.js');
});
