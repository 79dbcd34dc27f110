import { beforeAll, expect, test } from 'vitest';
import { normalizeDigit } from '#inkling/images/digit/normalizeDigit.js';
import { Classifier } from '#inkling/predict/classifier.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { drawDigit, drawingStyles } from '../../helpers/drawnDigits.js';

let classifier: Classifier;
beforeAll(async () => {
  classifier = await Classifier.create(readSavedModel(PRETRAINED_RUN));
});

const drawings = drawingStyles.flatMap((style, row) =>
  Array.from({ length: 10 }, (_, digit) => ({ style, digit, seed: 10 * row + digit })),
);

test('the pretrained network classifies 95 % of 90 drawn digits correctly', () => {
  const misread = drawings.flatMap(({ style, digit, seed }) => {
    const probabilities = classifier.predict(normalizeDigit(drawDigit(digit, style, seed)).pixels);
    const read = probabilities.indexOf(Math.max(...probabilities));
    return read === digit ? [] : [`${style.name} ${digit} as ${read}`];
  });
  expect(drawings).toHaveLength(90);
  expect(misread.length, misread.join(', ')).toBeLessThanOrEqual(4);
});
