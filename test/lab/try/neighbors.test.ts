import { expect, test } from 'vitest';
import { Classifier, imageOf } from '#inkling/index.js';
import { layerOutputs } from '../../../src/lab/try/inspect.js';
import {
  featureLayerOf,
  MAX_IMAGES,
  nearest,
  searchedImages,
  trainingFeatures,
} from '../../../src/lab/try/neighbors/features.js';
import { dataset, trained } from './trainedDigits.js';

const { signal } = new AbortController();

test('the nearest images have the smallest angle, whatever the length', () => {
  const features = { images: [3, 5, 7, 9], values: Float32Array.of(2, 0, 0, 3, 1, 1, 0, 0), size: 2 };
  const found = nearest(features, Float32Array.of(10, 9), 3);
  expect(found.map(({ image }) => image)).toEqual([7, 3, 5]);
  [1 - 19 / Math.sqrt(362), 1 - 10 / Math.sqrt(181), 1 - 9 / Math.sqrt(181)].forEach((distance, i) => {
    expect(found[i].distance).toBeCloseTo(distance, 6);
  });
  expect(nearest(features, new Float32Array(2), 1)[0].distance).toBe(1);
});

test('a training image is nearest to itself, and those for validation are not searched', async () => {
  const saved = await trained('report-cnn');
  const layer = featureLayerOf(saved) ?? '';
  const features = await trainingFeatures(saved, dataset, layer, signal);
  expect(features.images).toEqual([...Array(360).keys()]);
  await using classifier = await Classifier.create(saved);
  const { pixels } = imageOf(dataset, 'train', 123);
  const input = Float32Array.from(pixels, (value) => value / 255);
  const own = (await layerOutputs(classifier, input, signal)).layers.get(layer)?.values ?? new Float32Array();
  expect(own).toHaveLength(features.size);
  const [first, second] = nearest(features, own, 5);
  expect(first.image).toBe(123);
  expect(first.distance).toBeCloseTo(0, 5);
  expect(second.distance).toBeGreaterThan(first.distance);
});

test('of many images, some at equal distances are searched', () => {
  const many = { ...dataset, train: { ...dataset.train, labels: new Uint8Array(5040) } };
  const searched = searchedImages(many);
  expect(searched).toHaveLength(MAX_IMAGES);
  expect([searched[0], searched[1], searched[2], searched.at(-1)]).toEqual([0, 2, 5, 4997]);
});

test('the page can stop the search', async () => {
  const saved = await trained('mlp');
  const stop = AbortSignal.abort(new Error('another network'));
  await expect(trainingFeatures(saved, dataset, featureLayerOf(saved) ?? '', stop)).rejects.toThrow(
    'another network',
  );
});
