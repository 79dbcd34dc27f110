import { describe, expect, test } from 'vitest';
import { limitTraining, limitTrainingPerClass } from '#inkling/runs/dataset/limitTraining.js';

/** 1,000 images of three classes, of which the last is rare. */
const labels = Uint8Array.from({ length: 1000 }, (_, image) =>
  image % 50 === 0 ? 2 : image % 3 === 0 ? 1 : 0,
);
const train = Uint32Array.from({ length: 900 }, (_, place) => (place * 7) % 1000);
const chosen = (limit: number, seed = 3) => limitTraining(train, labels, { limit, seed });
const countsOf = (images: Uint32Array) =>
  [0, 1, 2].map((label) => images.filter((image) => labels[image] === label).length);

test('more images include those of fewer, in the same order', () => {
  const sizes = [3, 10, 50, 200, 899, 900].map((limit) => chosen(limit));
  expect(sizes.map(({ length }) => length)).toEqual([3, 10, 50, 200, 899, 900]);
  for (const [index, images] of sizes.slice(1).entries()) {
    const all = new Set(images);
    expect(sizes[index].every((image) => all.has(image))).toBe(true);
  }
  expect(chosen(900)).toEqual(train);
  const places = Array.from(chosen(50), (image) => train.indexOf(image));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test('each class has its share, and at least one image', () => {
  expect(countsOf(chosen(3))).toEqual([1, 1, 1]);
  const all = countsOf(train);
  for (const limit of [30, 100, 450]) {
    for (const [label, count] of countsOf(chosen(limit)).entries()) {
      expect(Math.abs(count - (limit * all[label]) / 900), `${limit} images, class ${label}`).toBeLessThan(
        1.5,
      );
    }
  }
});

test('the seed decides which they are', () => {
  expect(chosen(50)).toEqual(chosen(50));
  expect(chosen(50, 4)).not.toEqual(chosen(50));
});

test('rejects more images than there are', () => {
  expect(() => chosen(901)).toThrow(
    'the option trainLimit: expected at most 900, the number of training images, got 901; decrease it, or leave it out',
  );
});

describe('limitTrainingPerClass', () => {
  const perClass = (limit: number, seed = 3) => limitTrainingPerClass(train, labels, { limit, seed });

  test('chooses as many images of each class, in their order, and more include those of fewer', () => {
    const rarest = Math.min(...countsOf(train));
    expect(countsOf(perClass(1))).toEqual([1, 1, 1]);
    expect(countsOf(perClass(10))).toEqual([10, 10, 10]);
    expect(countsOf(perClass(rarest))).toEqual([rarest, rarest, rarest]);
    const all = new Set(perClass(10));
    expect(perClass(4).every((image) => all.has(image))).toBe(true);
    const places = Array.from(perClass(10), (image) => train.indexOf(image));
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('the seed decides which they are', () => {
    expect(perClass(10)).toEqual(perClass(10));
    expect(perClass(10, 4)).not.toEqual(perClass(10));
  });

  test('rejects more images than the rarest class has', () => {
    const rarest = Math.min(...countsOf(train));
    expect(() => perClass(rarest + 1)).toThrow(
      `the option trainLimitPerClass: expected at most ${rarest}, the number of training images of the rarest class, got ${rarest + 1}; decrease it, or leave it out`,
    );
  });
});
