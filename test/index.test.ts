import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { preset } from '#inkling/models/presets.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel, saveClassifier } from '#inkling/predict/load.js';
import { evaluate } from '#inkling/train/evaluate.js';
import { fit } from '#inkling/library/fit.js';
import { temporaryFolder } from './data/tinySet.js';

test('a model trained on a few hundred digits classifies digits after it is saved and loaded', async () => {
  const dataset = generateDigits({ seed: 0, train: 800, test: 100 });
  const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });
  const {
    best,
    test: metrics,
    stopReason,
  } = await fit({ model, dataset, settings: { epochs: 2, batchSize: 16, threads: 2 } });
  if (best === undefined || metrics === undefined) throw new Error(`training was ${stopReason}`);
  expect(metrics.total).toBe(100);
  // Chance is 0.1.
  expect(metrics.accuracy).toBeGreaterThan(0.6);

  const file = join(temporaryFolder(), 'digits.safetensors');
  saveClassifier(best, file);
  const compiled = await CompiledModel.create(readSavedModel(file));
  const probabilities = compiled.runSync(
    Float32Array.from(dataset.test.images, (byte) => byte / 255),
  ).probabilities;
  const confusion = dataset.classes.map(() => dataset.classes.map(() => 0));
  dataset.test.labels.forEach((label, image) => {
    const answers = probabilities.subarray(image * 10, image * 10 + 10);
    confusion[label][answers.indexOf(Math.max(...answers))]++;
  });
  expect(confusion).toEqual(metrics.confusion);
  expect(await evaluate(compiled.saved, dataset, { threads: 1 })).toEqual(metrics);
});
