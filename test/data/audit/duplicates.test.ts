import { expect, test } from 'vitest';
import { concatenateBytes } from '#inkling/core/arrays.js';
import { crc32 } from '#inkling/core/checksum.js';
import { auditDataset } from '#inkling/data/audit/auditDataset.js';
import type { Dataset } from '#inkling/data/dataset.js';

/** Images of one pixel; the last two of `train` are validation images. */
function dataset(train: readonly [number, number][], test: readonly [number, number][]): Dataset {
  const set = (images: readonly [number, number][]) => ({
    images: Uint8Array.from(images, ([pixel]) => pixel),
    labels: Uint8Array.from(images, ([, label]) => label),
  });
  return {
    name: 'dots',
    source: { kind: 'generated', location: 'here', verified: false, sha256: {} },
    shape: [1, 1, 1],
    classes: ['a', 'b'],
    train: set(train),
    validationCount: 2,
    test: set(test),
  };
}

test('finds duplicates within and across parts, and those with a different label', () => {
  const data = dataset(
    [
      [1, 0],
      [2, 1],
      [1, 0],
      [1, 1],
      [3, 0],
      [2, 1],
    ],
    [
      [9, 0],
      [3, 0],
      [9, 0],
      [1, 0],
    ],
  );
  expect(auditDataset(data).duplicates).toEqual({
    counts: [
      { part: 'train', of: 'train', images: 2 },
      { part: 'validation', of: 'train', images: 1 },
      { part: 'test', of: 'validation', images: 1 },
      { part: 'test', of: 'test', images: 1 },
      { part: 'test', of: 'train', images: 1 },
    ],
    otherClass: 1,
    examples: [
      { image: { part: 'train', name: '3', label: 1 }, of: { part: 'train', name: '0', label: 0 } },
      { image: { part: 'train', name: '2', label: 0 }, of: { part: 'train', name: '0', label: 0 } },
      { image: { part: 'validation', name: '5', label: 1 }, of: { part: 'train', name: '1', label: 1 } },
      { image: { part: 'test', name: '1', label: 0 }, of: { part: 'validation', name: '4', label: 0 } },
      { image: { part: 'test', name: '2', label: 0 }, of: { part: 'test', name: '0', label: 0 } },
    ],
  });
});

test('finds none if all images differ', () => {
  const data = dataset(
    [
      [1, 0],
      [2, 1],
      [3, 0],
    ],
    [[4, 0]],
  );
  expect(auditDataset(data).duplicates).toEqual({ counts: [], otherClass: 0, examples: [] });
});

test('does not take different images with the same checksum for duplicates', () => {
  const size = 8;
  const byChecksum = new Map<number, Uint8Array>();
  const collision = ((): readonly Uint8Array[] => {
    for (let i = 0; ; i++) {
      const image = new Uint8Array(new Float64Array([Math.sqrt(i + 2)]).buffer);
      const other = byChecksum.get(crc32(image));
      if (other !== undefined) return [image, other];
      byChecksum.set(crc32(image), image);
    }
  })();
  const [first, second] = collision;
  expect(crc32(first)).toBe(crc32(second));
  const images = concatenateBytes([first, second, second, first]);
  const set = { images, labels: new Uint8Array(4) };
  const none = { images: new Uint8Array(), labels: new Uint8Array() };
  const data = { ...dataset([], []), shape: [1, size, 1], train: set, validationCount: 0, test: none };
  expect(auditDataset(data).duplicates.counts).toEqual([{ part: 'train', of: 'train', images: 2 }]);
});
