import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import type { Plane } from '#inkling/images/decodedImage.js';
import { closing } from '#inkling/images/digit/morphology.js';

/** The extreme of each pixel's square, by definition. */
function filter(
  { width, height, values }: Plane,
  reach: number,
  extreme: (...of: number[]) => number,
): Plane {
  const result = values.map((_, pixel) => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const square = [];
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
      const start = row * width;
      square.push(...values.subarray(start + Math.max(0, x - reach), start + Math.min(width, x + reach + 1)));
    }
    return extreme(...square);
  });
  return { width, height, values: result };
}

test('a closing is an erosion of a dilation, for any size of plane and square', () => {
  const random = new Random(1);
  for (let i = 0; i < 150; i++) {
    const [width, height, reach] = [random, random, random].map((source) => 1 + (source.uint32() % 14));
    const values = Float32Array.from({ length: width * height }, () => Math.max(0, random.uniform(-1, 2)));
    const plane = { width, height, values };
    const expected = filter(filter(plane, reach, Math.max), reach, Math.min);
    expect(closing(plane, 2 * reach + 1)).toEqual(expected);
  }
});
