import { expect, test } from 'vitest';
import { imageMapOf } from '#inkling/kernels/reference/lib/imageMap.js';
import { Draws } from '#inkling/kernels/reference/lib/draws.js';
import { randAugment } from '#inkling/kernels/reference/lib/randAugment.js';
import { augmentationSchema } from '#inkling/plan/augmentation.js';

const SHAPE = [20, 40, 3];
const once = augmentationSchema.parse({ randAugment: 1 });
const unchanged = randAugment(augmentationSchema.parse({}), SHAPE, { change: () => [9, 1] });

/** Draws one kind of change, and no others. */
const only = (kind: number, sign: 1 | -1) => ({
  share: () => 0.5,
  signed: () => 0,
  integer: () => 0,
  change: () => [kind, sign] as const,
  node: () => 0,
});

// The magnitudes of torchvision 0.29: RandAugment()._augmentation_space(31, (20, 40)) at index 9.
test.each([
  [0, {}],
  [1, { angle: (9 * Math.PI) / 180 }],
  [2, { shearX: 0.09 }],
  [3, { shearY: 0.09 }],
  [4, { right: 5.4380665 }],
  [5, { down: 2.7190332 }],
  [6, { brightness: 1.27 }],
  [7, { contrast: 1.27 }],
  [8, { saturation: 1.27 }],
  [9, { solarizeFrom: 178.5 / 255 }],
])('change %d has the strength of torchvision', (kind, expected) => {
  const changes = randAugment(once, SHAPE, only(kind, 1));
  for (const [name, value] of Object.entries({ ...unchanged, ...expected })) {
    expect(changes[name as keyof typeof changes]).toBeCloseTo(value, 6);
  }
});

test('a negative sign changes in the other direction, and repeated changes add up', () => {
  expect(randAugment(once, SHAPE, only(1, -1)).angle).toBeCloseTo((-9 * Math.PI) / 180, 12);
  expect(randAugment(once, SHAPE, only(6, -1)).brightness).toBeCloseTo(0.73, 12);
  const twice = augmentationSchema.parse({ randAugment: 2 });
  expect(randAugment(twice, SHAPE, only(2, 1)).shearX).toBeCloseTo(0.18, 12);
});

test('draws every change, with both signs, equally often', () => {
  const counts = new Map<string, number>();
  const images = 20_000;
  for (let item = 0; item < images; item++) {
    const choice = new Draws(3, item).change(item % 8, 10).join();
    counts.set(choice, (counts.get(choice) ?? 0) + 1);
  }
  expect(counts.size).toBe(20);
  // Five standard deviations.
  for (const count of counts.values()) expect(Math.abs(count - images / 20)).toBeLessThan(5 * 31);
});

test('shears vertically before all other geometric changes', () => {
  const map = imageMapOf(augmentationSchema.parse({ randAugment: 1, rotate: 9 }), SHAPE, {
    ...only(3, 1),
    signed: () => 1,
  });
  const [y, x] = map(9.5 + 2, 19.5 + 3);
  // The inverse of the product of a rotation by 9° and the shear [[1, 0], [0.09, 1]].
  const [fromX, fromY] = [
    3 * Math.cos(Math.PI / 20) + 2 * Math.sin(Math.PI / 20),
    -3 * Math.sin(Math.PI / 20) + 2 * Math.cos(Math.PI / 20),
  ];
  expect(x).toBeCloseTo(19.5 + fromX, 12);
  expect(y).toBeCloseTo(9.5 + fromY - 0.09 * fromX, 12);
});
