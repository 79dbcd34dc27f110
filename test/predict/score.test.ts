import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { teamOf } from '#inkling/engine/teamOf.js';
import { conv2d, flatten, linear, relu } from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { CompiledModel, type CompileOptions } from '#inkling/predict/compiledModel.js';
import { scoreImages } from '#inkling/predict/score.js';
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
const tta = { flip: true, shift: 1 };
const score = async (options: CompileOptions, views: typeof tta | undefined) => {
  const compiled = await CompiledModel.create(saved, options);
  try {
    return await scoreImages(compiled, set, { tta: views });
  } finally {
    await compiled.close();
  }
};
const unitFloats = (bytes: Uint8Array) => Float32Array.from(bytes, (byte) => byte / 255);

test('returns the cross-entropy and the predicted class of each image', async () => {
  const { losses, predictions, probabilities } = await score({}, undefined);
  expect(probabilities).toEqual(
    (await CompiledModel.create(saved)).runSync(unitFloats(set.images)).probabilities,
  );
  set.labels.forEach((label, image) => {
    const row = probabilities.subarray(image * 3, (image + 1) * 3);
    expect(losses[image]).toBeCloseTo(-Math.log(row[label]), 5);
    expect(predictions[image]).toBe(row.indexOf(Math.max(...row)));
  });
});

test('averages the probabilities over the views of each image', async () => {
  const compiled = await CompiledModel.create(saved);
  const views = viewsOf(tta, model.input);
  const expected = Array.from(set.labels, (_, image) => {
    const pixels = set.images.subarray(image * 64, (image + 1) * 64);
    const rows = views.map((view) => compiled.runSync(unitFloats(view(pixels))).probabilities);
    return [0, 1, 2].map((label) => rows.reduce((sum, row) => sum + row[label], 0) / views.length);
  }).flat();
  const { losses, probabilities } = await score({ engine: teamOf(1), maxBatchSize: 4 }, tta);
  expect(probabilities).toHaveLength(30);
  probabilities.forEach((probability, index) => {
    expect(probability).toBeCloseTo(expected[index], 6);
  });
  set.labels.forEach((label, image) => {
    expect(losses[image]).toBeCloseTo(-Math.log(expected[image * 3 + label]), 5);
  });
});

test('is bit-identical for any number of threads and any batch size', async () => {
  const one = await score({ engine: teamOf(1), maxBatchSize: 4 }, tta);
  expect(await score({ engine: teamOf(2), maxBatchSize: 4 }, tta)).toEqual(one);
  expect(await score({ engine: teamOf(2), maxBatchSize: 10 }, tta)).toEqual(one);
});

test('returns no scores for no images', async () => {
  const compiled = await CompiledModel.create(saved);
  const none = { images: new Uint8Array(), labels: new Uint8Array() };
  expect((await scoreImages(compiled, none)).losses).toHaveLength(0);
  await compiled.close();
});

test('ends after the current batch when the signal aborts', async () => {
  const compiled = await CompiledModel.create(saved, { engine: teamOf(1), maxBatchSize: 1 });
  const controller = new AbortController();
  const scoring = scoreImages(compiled, set, { signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(scoring).rejects.toThrow('enough');
  expect((await scoreImages(compiled, set)).losses).toHaveLength(10);
  await compiled.close();
});
