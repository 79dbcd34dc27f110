import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Random } from '#inkling/core/random.js';
import { CORRUPTIONS, corruptImages, corruptions } from '#inkling/images/corrupt/corruptions.js';
import { rotateImage, shiftImage } from '#inkling/images/corrupt/geometry.js';
import { addNoise, blurImage, reduceContrast } from '#inkling/images/corrupt/intensity.js';

const numbers = z.array(z.number());
const caseSchema = z.object({
  shape: z.tuple([z.number(), z.number(), z.number()]),
  pixels: numbers,
  rotated: numbers,
  back: numbers,
  blurred: numbers,
  shifted: numbers,
  left: numbers,
  contrast: numbers,
});

/**
 * Random images, and what SciPy 1.17.1 makes of them, always with `mode="nearest"`: `ndimage.rotate(order=1, reshape=False)` by 20 and -35 degrees,
 * `gaussian_filter(sigma=0.8)`, and `shift(order=0)` by 2 rows down and by 3 columns to the left; the contrast is computed with NumPy.
 */
const scipy = z
  .object({ gray: caseSchema, color: caseSchema })
  .parse(JSON.parse(readFileSync(new URL('scipy.json', import.meta.url), 'utf8')));

describe.each(Object.entries(scipy))('a %s image', (_name, expected) => {
  const { shape } = expected;
  const pixels = Uint8Array.from(expected.pixels);
  test.each([
    ['is rotated', rotateImage(pixels, shape, 20), expected.rotated],
    ['is rotated back', rotateImage(pixels, shape, -35), expected.back],
    ['is blurred', blurImage(pixels, shape, 0.8), expected.blurred],
    ['is moved down', shiftImage(pixels, shape, 2, 0), expected.shifted],
    ['is moved to the left', shiftImage(pixels, shape, 0, -3), expected.left],
    ['loses contrast', reduceContrast(pixels, shape, 0.3), expected.contrast],
  ])('%s as by SciPy', (_what, computed, values) => {
    expect(computed.length).toBe(values.length);
    const difference = Math.max(...values.map((value, i) => Math.abs(value - computed[i])));
    expect(difference).toBeLessThan(1e-5);
  });
});

test('noise is Gaussian with the stated standard deviation', () => {
  const noise = addNoise(new Uint8Array(20_001), 0.1, new Random(1));
  const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length);
  expect(Math.abs(mean)).toBeLessThan(0.6);
  expect(Math.abs(deviation - 25.5)).toBeLessThan(0.5);
  const within = noise.filter((value) => Math.abs(value) < 25.5).length / noise.length;
  expect(Math.abs(within - 0.6827)).toBeLessThan(0.01);
});

test('every corruption has five levels, and changes an image alike whichever others are corrupted with it', () => {
  const shape = [20, 24, 3];
  const random = new Random(2);
  const images = Uint8Array.from({ length: 3 * 1440 }, () => random.uint32() % 256);
  for (const name of CORRUPTIONS) {
    const { levels } = corruptions[name];
    expect(levels).toHaveLength(5);
    const all = levels.map((level) => corruptImages(images, shape, { name, level, first: 7 }));
    const last = corruptImages(images.subarray(2880), shape, { name, level: levels[2], first: 9 });
    expect([...last]).toEqual([...all[2].subarray(2880)]);
    const distances = all.map((changed) =>
      changed.reduce((sum, value, i) => sum + Math.abs(value - images[i]), 0),
    );
    expect(new Set(all.map((changed) => changed.join())).size).toBe(5);
    expect(Math.min(...distances)).toBeGreaterThan(0);
  }
});

test('an image moves by whole pixels relative to its size, in one direction at all levels', () => {
  const shape = [28, 28, 1];
  const dot = new Uint8Array(784);
  dot[14 * 28 + 14] = 255;
  const moves = corruptions.shift.levels.map((level) => {
    const at = corruptImages(dot, shape, { name: 'shift', level, first: 0 }).indexOf(255);
    return [Math.floor(at / 28) - 14, (at % 28) - 14];
  });
  const steps = moves.map(([down, right]) => Math.abs(down) + Math.abs(right));
  expect(steps).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(moves.map((move) => move.map(Math.sign).join())).size).toBe(1);
});
