import { expect, test } from 'vitest';
import { concatenateBytes } from '#inkling/core/arrays.js';
import { Random } from '#inkling/core/random.js';
import { auditDataset } from '#inkling/data/audit/auditDataset.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';

const SIDE = 32;

/** A random image with large and small shapes: `[32, 32, 3]`. */
function scene(seed: number): Uint8Array {
  const random = new Random(seed);
  const waves = Array.from({ length: 12 }, (_, i) => ({
    x: random.uniform(-1, 1) * (i + 1) * 0.15,
    y: random.uniform(-1, 1) * (i + 1) * 0.15,
    phase: random.uniform(0, 6),
    height: 60 / (1 + i / 4),
  }));
  return image((x, y, channel) =>
    waves.reduce(
      (sum, wave) => sum + wave.height * Math.cos(wave.x * x + wave.y * y + wave.phase + channel / 2),
      128 + random.uniform(-8, 8),
    ),
  );
}

function image(value: (x: number, y: number, channel: number) => number, side = SIDE): Uint8Array {
  return Uint8ClampedArray.from({ length: 3 * side * side }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return value(pixel % side, Math.floor(pixel / side), i % 3);
  }) as unknown as Uint8Array;
}

/** The mean of the pixels at most `radius` away. */
function blurred(pixels: Uint8Array, radius: number): Uint8Array {
  const at = (x: number, y: number, channel: number) => {
    const [column, row] = [x, y].map((value) => Math.min(SIDE - 1, Math.max(0, value)));
    return pixels[3 * (row * SIDE + column) + channel];
  };
  return image((x, y, channel) => {
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) sum += at(x + dx, y + dy, channel);
    }
    return sum / (2 * radius + 1) ** 2;
  });
}

type Labeled = readonly [pixels: Uint8Array, label: number];

/** The last training image is the validation image. */
function datasetOf(train: readonly Labeled[], test: readonly Labeled[], side = SIDE): Dataset {
  const set = (images: readonly Labeled[]) => ({
    images: concatenateBytes(images.map(([pixels]) => pixels)),
    labels: Uint8Array.from(images, ([, label]) => label),
  });
  return {
    name: 'scenes',
    source: { kind: 'generated', location: 'here', verified: false, sha256: {} },
    shape: [side, side, 3],
    classes: ['a', 'b'],
    train: set(train),
    validationCount: 1,
    test: set(test),
  };
}

const none = { counts: [], otherClass: 0, examples: [] };

test('finds near duplicates between parts, without exact ones', () => {
  const scenes = Array.from({ length: 40 }, (_, seed): Labeled => [scene(seed), seed % 2]);
  const brighter = scenes[4][0].map((value) => Math.min(255, 20 + 0.8 * value));
  const softer = blurred(scenes[7][0], 1);
  const data = datasetOf(scenes, [
    [scene(100), 0],
    [brighter, 0],
    [scenes[5][0], 1],
    [softer, 0],
    [blurred(scenes[39][0], 1), 1],
  ]);
  const { duplicates, nearDuplicates } = auditDataset(data);
  expect(duplicates.counts).toEqual([{ part: 'test', of: 'train', images: 1 }]);
  expect(nearDuplicates).toEqual({
    counts: [
      { part: 'test', of: 'train', images: 2 },
      { part: 'test', of: 'validation', images: 1 },
    ],
    otherClass: 1,
    examples: [
      { image: { part: 'test', name: '3', label: 0 }, of: { part: 'train', name: '7', label: 1 } },
      { image: { part: 'test', name: '1', label: 0 }, of: { part: 'train', name: '4', label: 0 } },
      { image: { part: 'test', name: '4', label: 1 }, of: { part: 'validation', name: '39', label: 1 } },
    ],
  });
});

test('different images are neither near duplicates nor blank nor blurred', () => {
  const scenes = Array.from({ length: 300 }, (_, seed): Labeled => [scene(seed), seed % 2]);
  const { nearDuplicates, blank, blurred } = auditDataset(datasetOf(scenes, []));
  expect({ nearDuplicates, blank, blurred }).toEqual({
    nearDuplicates: none,
    blank: { images: 0, examples: [] },
    blurred: { images: 0, examples: [] },
  });
});

test('finds blurred images, the least sharp first, and blank ones', () => {
  const scenes = Array.from({ length: 20 }, (_, seed): Labeled => [scene(seed), 0]);
  const data = datasetOf(
    [...scenes, [blurred(scene(50), 4), 1], [blurred(blurred(scene(51), 4), 4), 1]],
    [[image((x, _, channel) => (channel === 0 ? 200 + (x % 2) : 10)), 1]],
  );
  const { blank, blurred: soft } = auditDataset(data);
  expect(blank).toEqual({ images: 1, examples: [{ part: 'test', name: '0', label: 1 }] });
  expect(soft).toEqual({
    images: 2,
    examples: [
      { part: 'validation', name: '21', label: 1 },
      { part: 'train', name: '20', label: 1 },
    ],
  });
});

test('lists at most five of many images', () => {
  const colors = Array.from({ length: 8 }, (_, i): Labeled => [image(() => 20 * i), 0]);
  const { blank, nearDuplicates, blurred } = auditDataset(datasetOf(colors, []));
  expect(blank.images).toBe(8);
  expect(blank.examples.map(({ name }) => name)).toEqual(['0', '1', '2', '3', '4']);
  expect([nearDuplicates, blurred]).toEqual([none, { images: 0, examples: [] }]);
});

test('looks for neither near duplicates nor blur in digits and small images', () => {
  const digits = auditDataset(generateDigits({ seed: 1, train: 30, test: 10 }));
  const side = SIDE - 1;
  const flat: Labeled[] = [0, 9].map((value) => [image(() => value, side), 0]);
  for (const audit of [digits, auditDataset(datasetOf(flat, [], side))]) {
    expect(audit).not.toHaveProperty('nearDuplicates');
    expect(audit).not.toHaveProperty('blurred');
    expect(audit).toHaveProperty('blank');
  }
});
