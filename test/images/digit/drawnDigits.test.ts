import { beforeAll, expect, test } from 'vitest';
import { normalizeDigit } from '#inkling/images/digit/normalizeDigit.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { drawDigit, drawingStyles } from '../../helpers/drawnDigits.js';

let compiled: CompiledModel;
beforeAll(async () => {
  compiled = await CompiledModel.create(readSavedModel(PRETRAINED_RUN));
});

const drawings = drawingStyles.flatMap((style, row) =>
  Array.from({ length: 10 }, (_, digit) => ({ style, digit, seed: 10 * row + digit })),
);

test('the pretrained network classifies 95 % of 90 drawn digits correctly', () => {
  const misread = drawings.flatMap(({ style, digit, seed }) => {
    const probabilities = compiled.runSync(
      normalizeDigit(drawDigit(digit, style, seed)).pixels,
    ).probabilities;
    const read = probabilities.indexOf(Math.max(...probabilities));
    return read === digit ? [] : [`${style.name} ${digit} as ${read}`];
  });
  expect(drawings).toHaveLength(90);
  expect(misread.length, misread.join(', ')).toBeLessThanOrEqual(4);
});
