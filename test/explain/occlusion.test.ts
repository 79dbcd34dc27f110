import { expect, test } from 'vitest';
import { type OcclusionModel, occlusionSaliency } from '#inkling/explain/occlusion.js';

const SIDE = 28;

/** A linear model of two classes: the logit of class 0 is the weighted sum of the pixels, that of class 1 is 0. */
function linearModel(
  weights: Float32Array,
  channels: number,
  inputKind: OcclusionModel['inputKind'],
): OcclusionModel {
  return {
    shape: [SIDE, SIDE, channels],
    inputKind,
    logits: (images) => {
      const count = images.length / weights.length;
      const logits = new Float32Array(2 * count);
      for (let image = 0; image < count; image++) {
        logits[2 * image] = weights.reduce(
          (sum, weight, i) => sum + weight * images[image * weights.length + i],
          0,
        );
      }
      return Promise.resolve(logits);
    },
  };
}

/** A digit whose left half counts for class 0 and whose right half counts against it; the middle row is ink. */
const isInk = (position: number) => Math.abs(Math.floor(position / SIDE) - 14) < 3;
const digit = Float32Array.from({ length: SIDE * SIDE }, (_, position) => Number(isInk(position)));
const halves = digit.map((_, position) => (position % SIDE < SIDE / 2 ? 1 : -1));

test('marks the parts of a digit that count for and against the class', async () => {
  const saliency = await occlusionSaliency(linearModel(halves, 1, 'digit'), digit, 0);
  expect(Math.max(...saliency.map(Math.abs))).toBeCloseTo(1);
  expect(saliency[14 * SIDE + 4]).toBeGreaterThan(0.5);
  expect(saliency[14 * SIDE + 23]).toBeLessThan(-0.5);
});

test('is zero where only background would be occluded', async () => {
  const saliency = await occlusionSaliency(linearModel(halves, 1, 'digit'), digit, 0);
  expect(saliency[0]).toBe(0);
  expect(saliency[27 * SIDE + 27]).toBe(0);
});

test('changes sign for the other class of two', async () => {
  const model = linearModel(halves, 1, 'digit');
  const [first, second] = await Promise.all([0, 1].map((label) => occlusionSaliency(model, digit, label)));
  first.forEach((value, position) => {
    expect(second[position]).toBeCloseTo(-value);
  });
});

test('replaces parts of an image by its mean color, so that a uniform image has no saliency', async () => {
  const weights = new Float32Array(3 * SIDE * SIDE).fill(1);
  const uniform = weights.map((_, i) => [0.25, 0.5, 0.75][i % 3]);
  const saliency = await occlusionSaliency(linearModel(weights, 3, 'image'), uniform, 0);
  expect([...new Set(saliency)]).toEqual([0]);
  const dotted = uniform.slice();
  dotted.set([1, 1, 1], 3 * (14 * SIDE + 14));
  const dot = await occlusionSaliency(linearModel(weights, 3, 'image'), dotted, 0);
  expect(dot[14 * SIDE + 14]).toBeCloseTo(1);
  expect(Math.abs(dot[0])).toBeLessThan(0.2);
});
