import { expect, test } from 'vitest';
import { shrinkTo } from '#inkling/images/resize/shrink.js';

test('an image that is not too large stays as it is', () => {
  const image = { width: 3, height: 2, data: new Uint8Array(24) };
  expect(shrinkTo(6, image)).toBe(image);
});

test('blocks become their mean, in which pixels count by their opacity; the last blocks are cut off', () => {
  const gray = (value: number, alpha = 255) => [value, value, value, alpha];
  const rows = [
    [...gray(10), ...gray(20), ...gray(200)],
    [...gray(30), ...gray(40), ...gray(100)],
    [...gray(50, 51), ...gray(90, 204), ...gray(7, 0)],
  ];
  const shrunk = shrinkTo(4, { width: 3, height: 3, data: Uint8Array.from(rows.flat()), note: 'x' });
  // (10 + 20 + 30 + 40) / 4, (200 + 100) / 2, (50 × 51 + 90 × 204) / 255 with opacity (51 + 204) / 2, and nothing.
  const expected = [...gray(25), ...gray(150), ...gray(82, 128), ...gray(0, 0)];
  expect(shrunk).toEqual({ width: 2, height: 2, data: Uint8Array.from(expected), note: 'x' });
});
