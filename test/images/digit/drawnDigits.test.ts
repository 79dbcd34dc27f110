import { beforeAll, expect, test } from 'vitest';
import { normalizeDigit } from '#inkling/images/digit/normalizeDigit.js';
import { Classifier } from '#inkling/predict/classifier.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { drawDigit, looks } from '../../helpers/drawnDigits.js';

let classifier: Classifier;
beforeAll(async () => {
  classifier = await Classifier.create(readSavedModel(PRETRAINED_RUN));
});

const pictures = looks.flatMap((look, row) =>
  Array.from({ length: 10 }, (_, digit) => ({ look, digit, seed: 10 * row + digit })),
);

test('the pretrained network reads 95 % of 90 drawn pictures', () => {
  const misread = pictures.flatMap(({ look, digit, seed }) => {
    const probabilities = classifier.predict(normalizeDigit(drawDigit(digit, look, seed)));
    const read = probabilities.indexOf(Math.max(...probabilities));
    return read === digit ? [] : [`${look.name} ${digit} as ${read}`];
  });
  expect(pictures).toHaveLength(90);
  expect(misread.length, misread.join(', ')).toBeLessThanOrEqual(4);
});
