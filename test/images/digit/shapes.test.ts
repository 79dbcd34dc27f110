import { expect, test } from 'vitest';
import { connectedComponents } from '#inkling/images/digit/components.js';
import { signedDistances } from '#inkling/images/digit/strokeWidth.js';

const WIDTH = 23;
const HEIGHT = 17;
/** A mask with a share of marked pixels. */
const maskOf = (share: number) =>
  Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => Number(((i + 1) * 7919) % 1009 < 1009 * share));
const pointOf = (pixel: number) => ({ x: pixel % WIDTH, y: Math.floor(pixel / WIDTH) });

test.each([0, 0.05, 0.3, 0.6, 1])('finds components: %d of the pixels are marked', (share) => {
  const mask = maskOf(share);
  const components = connectedComponents(mask, WIDTH);
  const pixels = components.flatMap((component) => Array.from(component.pixels));
  expect(pixels.toSorted((a, b) => a - b)).toEqual(Array.from(mask.keys()).filter((i) => mask[i] === 1));
  const labels = new Map(components.flatMap((component, i) => Array.from(component.pixels, (p) => [p, i])));
  for (const a of pixels) {
    for (const b of pixels) {
      const [from, to] = [pointOf(a), pointOf(b)];
      if (Math.max(Math.abs(from.x - to.x), Math.abs(from.y - to.y)) === 1) {
        expect(labels.get(a)).toBe(labels.get(b));
      }
    }
  }
  for (const component of components) {
    const points = Array.from(component.pixels, pointOf);
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    expect(component).toMatchObject({
      left: Math.min(...xs),
      top: Math.min(...ys),
      right: Math.max(...xs) + 1,
      bottom: Math.max(...ys) + 1,
    });
  }
});

test('separates components that do not touch', () => {
  const mask = new Uint8Array(WIDTH * HEIGHT);
  // The end of one row and the start of the next one are no neighbors.
  for (const pixel of [WIDTH - 1, 2 * WIDTH, 3 * WIDTH + 2, 5 * WIDTH + 4]) mask[pixel] = 1;
  expect(connectedComponents(mask, WIDTH)).toHaveLength(4);
});

test.each([0.02, 0.3, 0.9])('measures distances from the edge of the ink: %d of the pixels', (share) => {
  const ink = maskOf(share);
  const plane = { width: WIDTH, height: HEIGHT, values: Float32Array.from(ink) };
  const distances = Float32Array.from(ink, (isInk, pixel) => {
    const { x, y } = pointOf(pixel);
    let nearest = Infinity;
    ink.forEach((value, other) => {
      const point = pointOf(other);
      if (value !== isInk) nearest = Math.min(nearest, (point.x - x) ** 2 + (point.y - y) ** 2);
    });
    const distance = Math.sqrt(Math.fround(nearest)) - 0.5;
    return isInk === 1 ? distance : -distance;
  });
  expect(signedDistances(plane)).toEqual(distances);
});
