import { expect, test } from 'vitest';
import { addExamples, type Collection, emptyCollection } from '../../../src/lab/data/collection.js';
import { splitExamples } from '../../../src/lab/data/splitExamples.js';
import {
  firstExamples,
  shift,
  shiftHeldOut,
  shuffleLabels,
  withoutClass,
} from '../../../src/lab/lessons/lessonData.js';

const SIDE = 28;
const CENTER = 14;

/** An image with one pixel in its center, whose value tells it from others. */
function dot(value: number): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE);
  pixels[CENTER * SIDE + CENTER] = value;
  return pixels;
}

const dots = (first: number) => Array.from({ length: 50 }, (_, i) => dot(first + i));

/** Class `a` has the values from 1 to 50, `b` those from 101 to 150. */
const digits = addExamples(emptyCollection('drawing', []), [
  { name: 'a', images: dots(1) },
  { name: 'b', images: dots(101) },
]);

const valuesOf = ({ classes }: Collection) =>
  classes.map(({ examples }) => examples.map(({ pixels }) => Math.max(...pixels)));

/** Where the pixel of an image is, from the center. */
function offsetOf(pixels: Uint8Array): readonly [right: number, down: number] {
  const at = pixels.findIndex((value) => value > 0);
  return [(at % SIDE) - CENTER, Math.floor(at / SIDE) - CENTER];
}

test('takes the first examples of each class', () => {
  const few = firstExamples(digits, 2);
  expect(valuesOf(few)).toEqual([
    [1, 2],
    [101, 102],
  ]);
});

test('shuffled labels keep the images and the sizes of the classes, and are always the same', () => {
  const shuffled = shuffleLabels(digits);
  const [a, b] = valuesOf(shuffled);
  expect([a.length, b.length]).toEqual([50, 50]);
  expect([...a, ...b].sort((x, y) => x - y)).toEqual(valuesOf(digits).flat());
  const kept = a.filter((value) => value <= 50).length;
  // Of 50 fair coins, as many heads in 99.9 % of all cases.
  expect(Math.abs(kept - 25)).toBeLessThan(12);
  expect(valuesOf(shuffleLabels(digits))).toEqual([a, b]);
});

test('leaves out a class', () => {
  expect(withoutClass(digits, 'b').classes.map(({ name }) => name)).toEqual(['a']);
});

test('moves the validation and test images in four directions, and no training images', () => {
  const { train, validationCount, test: held } = splitExamples(shiftHeldOut(digits, 3));
  const size = SIDE * SIDE;
  const offsets = ({ images, labels }: { images: Uint8Array; labels: ArrayLike<number> }) =>
    Array.from(labels, (_, i) => offsetOf(images.subarray(i * size, (i + 1) * size)).join());
  const all = offsets(train);
  expect(new Set(all.slice(0, -validationCount))).toEqual(new Set(['0,0']));
  const moved = new Set(['3,0', '0,3', '-3,0', '0,-3']);
  expect(new Set(all.slice(-validationCount))).toEqual(moved);
  expect(new Set(offsets(held))).toEqual(moved);
});

test('what leaves the image is lost', () => {
  const corner = new Uint8Array(SIDE * SIDE);
  corner[0] = 7;
  expect(Math.max(...shift(corner, -1, 0))).toBe(0);
  expect(shift(corner, 2, 1)[SIDE + 2]).toBe(7);
});
