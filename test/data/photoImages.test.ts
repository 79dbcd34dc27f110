import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sizeOf } from '#inkling/core/shape.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { pixelsOf } from '#inkling/data/imageSet.js';
import { loadDataset } from '#inkling/data/load.js';
import { memoryOf } from '#inkling/data/memoryOf.js';
import { asPhotos } from '#inkling/data/photoImages.js';
import { imageOfPixels } from '#inkling/images/preprocess.js';
import { decodeDataset, encodeDataset } from '#inkling/server/datasets/datasetMessage.js';
import { encodePng } from '../helpers/encodeImage.js';
import { stripes } from '../helpers/stripes.js';
import { temporaryFolder, trainableFiles, writeFiles } from './tinySet.js';

const model = { input: [8, 8, 3], inputKind: 'photo' } as const;

function testPixels({ test, shape }: Dataset): Uint8Array[] {
  return Array.from(test.labels, (_, image) => pixelsOf(test.images, sizeOf(shape), image).slice());
}

test('images in memory become the same photos as image files with their pixels', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, trainableFiles);
  const small = await loadDataset({ name: folder });
  const files = temporaryFolder();
  for (const part of ['train', 'test'] as const) {
    const { images, labels } = small[part];
    for (const [image, label] of labels.entries()) {
      const pixels = pixelsOf(images, sizeOf(small.shape), image);
      const classFolder = join(files, part, small.classes[label]);
      mkdirSync(classFolder, { recursive: true });
      writeFileSync(join(classFolder, `${image}.png`), await encodePng(imageOfPixels(pixels, small.shape)));
    }
  }
  const photos = await loadDataset({ name: folder, model });
  const expected = await loadDataset({ name: files, model });
  expect([photos.shape, photos.inputKind]).toEqual([expected.shape, 'photo']);
  const byLabel = [...photos.test.labels.entries()].sort(([, a], [, b]) => a - b);
  expect(byLabel.map(([image]) => testPixels(photos)[image])).toEqual(testPixels(expected));
});

test('a size is enough to make photos, as the record of a run states it', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, trainableFiles);
  const photos = await loadDataset({ name: folder, input: 'photo', imageSize: 8 });
  expect(photos.shape).toEqual([8, 8, 3]);
  expect(testPixels(photos)).toEqual(testPixels(await loadDataset({ name: folder, model })));
});

test('photos can be selected, and sent to another thread', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, trainableFiles);
  const photos = await loadDataset({ name: folder, model });
  const { images } = photos.test;
  if (images instanceof Uint8Array) throw new Error('expected photos that are made when they are read');
  expect(images.count).toBe(3);
  const [first, , last] = testPixels(photos);
  const size = sizeOf(photos.shape);
  expect(pixelsOf(images.pick(Uint32Array.of(2, 0)).pick(Uint32Array.of(1, 0)), size, 0, 2)).toEqual(
    Uint8Array.of(...first, ...last),
  );
  const received = decodeDataset(structuredClone(encodeDataset(photos)));
  expect(testPixels(received)).toEqual(testPixels(photos));
});

test('photos take the memory of what they are made from', () => {
  const photos = asPhotos(stripes({ train: 40, test: 10 }), [16, 16, 3]);
  // Gray images of 8×8, their labels, and their positions.
  expect(memoryOf(photos)).toBe((40 + 10) * (64 + 1 + 4));
});

test('images that have the shape of the photos are not changed', async () => {
  const folder = temporaryFolder();
  writeFiles(folder, trainableFiles);
  const { train, test: held } = await loadDataset({ name: folder });
  const input = [2, 3, 1];
  expect(await loadDataset({ name: folder, model: { ...model, input } })).toMatchObject({
    train,
    test: held,
  });
});
