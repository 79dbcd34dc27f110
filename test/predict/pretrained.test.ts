import { expect, test } from 'vitest';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readFinishedRun } from '#inkling/runs/readRun.js';
import { loadMnist, noMnist } from '../helpers/trained.js';

test('is the report’s network, with the record of its training', () => {
  const { config, summary } = readFinishedRun(PRETRAINED_RUN);
  expect(config).toMatchObject({ model: 'report-cnn', dataset: 'mnist', seed: 0, epochs: 5 });
  expect(summary.test?.accuracy).toBe(0.9885);
  expect(summary.dataset.source).toMatchObject({ location: 'mnist', verified: true });
  expect(readSavedModel(PRETRAINED_RUN)).toMatchObject({
    dataset: 'mnist',
    classes: '0123456789'.split(''),
    model: { name: 'report-cnn', input: [28, 28, 1] },
  });
});

test('has the recorded test accuracy on MNIST', async (context) => {
  const mnist = await loadMnist();
  if (mnist === undefined) return context.skip(noMnist);
  const compiled = await CompiledModel.create(readSavedModel(PRETRAINED_RUN));
  const { images, labels } = mnist.test;
  const answers = compiled.runSync(Float32Array.from(images, (byte) => byte / 255)).probabilities;
  const correct = labels.filter((label, image) => {
    const probabilities = answers.subarray(image * 10, image * 10 + 10);
    return probabilities.indexOf(Math.max(...probabilities)) === label;
  });
  expect(correct.length / labels.length).toBe(readFinishedRun(PRETRAINED_RUN).summary.test?.accuracy);
});
