import { expect, test } from 'vitest';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { layersToObserve } from '#inkling/predict/calibration.js';
import { Classifier } from '#inkling/predict/classifier.js';
import { predictionsOf } from '#inkling/predict/predictions.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { outsiders } from '../../bench/doubt/outsiders.js';

const trained = readTrainedModel(PRETRAINED_RUN);
const classifier = await Classifier.create(trained.saved, {
  activations: layersToObserve(trained.calibration),
});
const { test: digits } = generateDigits({ seed: 5, train: 1, test: 1000 });

/** The share of images whose predictions are doubtful. */
function doubtful(images: Uint8Array): number {
  const inputs = { pixels: toUnitFloats(images), concerns: [] };
  const predictions = predictionsOf(inputs, classifier.run(inputs.pixels), trained, 1);
  return predictions.filter((prediction) => prediction.doubtful).length / predictions.length;
}

test('the pretrained model doubts what shows no digit', () => {
  const { letters, symbols, clothing, noise, 'two digits': two } = outsiders(9, digits);
  expect(doubtful(letters)).toBeGreaterThan(0.7);
  expect(doubtful(symbols)).toBeGreaterThan(0.68);
  expect(doubtful(clothing)).toBeGreaterThan(0.99);
  expect(doubtful(noise)).toBeGreaterThan(0.99);
  expect(doubtful(two)).toBeGreaterThan(0.9);
});

test('and hardly any digits, even those drawn by a program', () => {
  expect(doubtful(digits.images)).toBeLessThan(0.2);
});
