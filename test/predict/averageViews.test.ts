import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { conv2d, flatten, linear, relu } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { averageViews } from '#inkling/predict/averageViews.js';
import { Classifier } from '#inkling/predict/classifier.js';
import { viewsOf } from '#inkling/predict/views.js';
import { stripes } from '../helpers/stripes.js';

const { test: set, classes } = stripes({ train: 3, test: 10 });
const model: Model = {
  name: 'small',
  input: [8, 8, 1],
  layers: [conv2d({ outChannels: 4, kernel: 3, padding: 1 }), relu(), flatten(), linear({ outFeatures: 3 })],
};
const saved = {
  model,
  weights: initialWeights(resolveModel(model), new Random(3)),
  classes,
  dataset: 'stripes',
  batches: 0,
};
const views = viewsOf({ flip: true, shift: 1 }, model.input);
const average = (threads: number, batchSize: number) =>
  averageViews(saved, set.images, views, { threads, batchSize });

test('is the mean of what the network answers to each view', async () => {
  const classifier = await Classifier.create(saved);
  const expected = Array.from(set.labels, (_, image) => {
    const pixels = set.images.subarray(image * 64, (image + 1) * 64);
    const answers = views.map((view) =>
      Float32Array.from(classifier.predict(Float32Array.from(view(pixels), (byte) => byte / 255))),
    );
    return [0, 1, 2].map((label) => answers.reduce((sum, answer) => sum + answer[label], 0) / views.length);
  }).flat();
  const probabilities = await average(1, 4);
  expect(probabilities).toHaveLength(30);
  probabilities.forEach((probability, place) => {
    expect(probability).toBeCloseTo(expected[place], 6);
  });
});

test('has the same bits for any number of threads and any batch', async () => {
  const [one, two, whole] = [await average(1, 4), await average(2, 4), await average(2, 10)];
  expect(two).toEqual(one);
  expect(whole).toEqual(one);
});
