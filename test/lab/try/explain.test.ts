import { expect, test } from 'vitest';
import { Classifier, flatten, InputGradients, linear } from '#inkling/index.js';
import { methodsFor, METHODS, saliencyOf, strengthOf } from '../../../src/lab/try/explain/saliency.js';
import { testImage, trained } from './trainedDigits.js';

const { signal } = new AbortController();

test('networks without convolutions have no class activation maps', async () => {
  expect(methodsFor(await trained('report-cnn'))).toEqual(METHODS);
  expect(methodsFor(await trained([flatten(), linear({ outFeatures: 10 })]))).toEqual([
    'occlusion',
    'gradient',
  ]);
});

test('every method explains any class', async () => {
  const saved = await trained('report-cnn');
  await using classifier = await Classifier.create(saved);
  const gradients = () => InputGradients.create(saved);
  for (const method of METHODS) {
    for (const label of ['3', '8']) {
      const found = await saliencyOf(classifier, gradients, testImage(0), { label, method }, signal);
      expect(found).toMatchObject({ label, method });
      expect(found.values).toHaveLength(784);
      expect(found.values.every((value) => Math.abs(value) <= 1)).toBe(true);
    }
  }
});

test('the gradient of the score of a linear network is its weight', async () => {
  const saved = await trained([flatten(), linear({ name: 'out', outFeatures: 10 })]);
  await using classifier = await Classifier.create(saved);
  const gradients = () => InputGradients.create(saved);
  const request = { label: saved.classes[7], method: 'gradient' } as const;
  const { values } = await saliencyOf(classifier, gradients, testImage(1), request, signal);
  const weights =
    saved.weights
      .get('out.weight')
      ?.filter((_, i) => i % 10 === 7)
      .map(Math.abs) ?? new Float32Array();
  const largest = Math.max(...weights);
  values.forEach((value, pixel) => {
    expect(value).toBeCloseTo(weights[pixel] / largest, 5);
  });
});

test('the strongest channel of a pixel counts, whatever its sign', () => {
  expect([...strengthOf(Float32Array.of(1, -4, 2, 0, 1, -2), 3)]).toEqual([1, 0.5]);
  expect([...strengthOf(new Float32Array(2), 1)]).toEqual([0, 0]);
});
