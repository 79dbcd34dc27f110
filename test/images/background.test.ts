import { expect, test } from 'vitest';
import { centerCropResize } from '#inkling/images/resize/centerCropResize.js';
import { backgroundOf, type DecodedImage } from '#inkling/images/decodedImage.js';
import { colorPlanes } from '#inkling/images/digit/colorPlanes.js';
import { boundsOf } from '#inkling/images/resize/resize.js';

const SIDE = 20;

/** A centered square of a gray level on a transparent image whose hidden color is different. */
function icon(value: number, side: number, alpha = 255): DecodedImage {
  const data = new Uint8Array(4 * SIDE * SIDE);
  const margin = (SIDE - side) / 2;
  for (let index = 0; index < SIDE * SIDE; index++) {
    const [x, y] = [index % SIDE, Math.floor(index / SIDE)];
    const isInside = [x, y].every((at) => at >= margin && at < SIDE - margin);
    data.set(isInside ? [value, value, value, alpha] : [255 - value, 99, value, 0], 4 * index);
  }
  return { width: SIDE, height: SIDE, data };
}

/** The red of each pixel as digits are read, from 0 to 1. */
function redOf(image: DecodedImage): Float32Array {
  return colorPlanes(image, boundsOf(image), SIDE * SIDE)[0].values;
}

test.each([
  ['a white icon', icon(255, 8), 0],
  ['a white icon that fills its image', icon(255, 18), 0],
  ['a half-transparent white icon', icon(255, 18, 128), 0],
  ['a light gray icon', icon(160, 8), 0],
  ['a gray icon that fills its image', icon(160, 18), 255],
  ['a black icon', icon(0, 8), 255],
  ['a black icon that fills its image', icon(0, 18), 255],
  ['an empty image', icon(0, 0), 255],
  ['a white page', icon(255, 20), 0],
])('%s contrasts with its background', (_, image, background) => {
  expect(backgroundOf(image)).toBe(background);
  expect(redOf(image)[0]).toBe(image.data[3] === 0 ? background / 255 : 1);
});

test('training and prediction use the same background', () => {
  for (const value of [0, 255]) {
    const image = icon(value, 8);
    const pixels = centerCropResize(image, [SIDE, SIDE, 1]);
    expect(new Set(pixels)).toEqual(new Set([0, 255]));
    expect([...pixels]).toEqual(Array.from(redOf(image), (each) => 255 * each));
  }
});

test('a page with transparent corners stays white', () => {
  const page = icon(255, 18);
  page.data.fill(0, 4 * (10 * SIDE + 6), 4 * (10 * SIDE + 14));
  for (let x = 6; x < 14; x++) page.data[4 * (10 * SIDE + x) + 3] = 255;
  expect(backgroundOf(page)).toBe(255);
});
