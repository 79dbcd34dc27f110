import { expect, test } from 'vitest';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { normalizeDigit } from '#inkling/images/digit/normalizeDigit.js';
import { layersToObserve } from '#inkling/predict/calibration.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { type Prediction, predictionsOf } from '#inkling/predict/predictions.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { outsiders } from '../../bench/doubt/outsiders.js';
import { drawDigit, drawingStyles } from '../helpers/drawnDigits.js';

const trained = readTrainedModel(PRETRAINED_RUN);
const compiled = await CompiledModel.create(trained.saved, {
  activations: layersToObserve(trained.saved.calibration),
});
const { test: digits } = generateDigits({ seed: 5, train: 1, test: 1000 });

function assess(pixels: Float32Array): Prediction[] {
  return predictionsOf({ pixels, concerns: [] }, compiled.runSync(pixels), trained.saved, 1);
}

/** The share of images whose predictions are doubtful. */
function doubtful(images: Uint8Array): number {
  const predictions = assess(toUnitFloats(images));
  return predictions.filter((prediction) => prediction.doubtful).length / predictions.length;
}

test('the pretrained model doubts what shows no digit', () => {
  const outside = outsiders(9, digits);
  expect(doubtful(outside.letters)).toBeGreaterThan(0.97);
  expect(doubtful(outside.symbols)).toBeGreaterThan(0.97);
  expect(doubtful(outside['other characters'])).toBeGreaterThan(0.98);
  expect(doubtful(outside['held-out characters'])).toBeGreaterThan(0.97);
  expect(doubtful(outside.clothing)).toBeGreaterThan(0.99);
  expect(doubtful(outside.noise)).toBeGreaterThan(0.99);
  expect(doubtful(outside['two digits'])).toBeGreaterThan(0.97);
});

test('and few digits, even of those drawn by a program', () => {
  expect(doubtful(digits.images)).toBeLessThan(0.25);
  const drawn = drawingStyles
    .slice(0, 4)
    .flatMap((style, row) =>
      Array.from(
        { length: 10 },
        (_, digit) => normalizeDigit(drawDigit(digit, style, 10 * row + digit)).pixels,
      ),
    );
  const doubts = drawn.filter((pixels) => assess(pixels).some((prediction) => prediction.doubtful));
  expect(doubts.length).toBeLessThanOrEqual(0.08 * drawn.length);
});
