import { expect, it } from 'vitest';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import { loadDataset } from '#inkling/data/load.js';
import { preset } from '#inkling/models/presets.js';
import { trainAndScore } from '#inkling/train/trainAndScore.js';

const folder = process.env.INKLING_DATA_DIR;

it('trains a network to read real handwriting', async ({ skip }) => {
  if (!folder) skip('no MNIST: INKLING_DATA_DIR is not set');
  const mnist = await loadDataset({ name: 'mnist', dataDir: folder, environment: {} });
  const digits = generateDigits({ seed: 0, train: 60_000, test: 1 });
  const model = preset('report-cnn', { input: digits.shape, classes: 10 });
  const { test } = await trainAndScore({
    model,
    dataset: { ...digits, test: mnist.test },
    settings: { epochs: 1 },
  });
  expect(test?.accuracy).toBeGreaterThan(0.93);
}, 180_000);
