import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { calibrateOnValidation } from '#inkling/train/calibrateOnValidation.js';
import { parseConfig } from '#inkling/train/config.js';
import { computeFeatures } from '#inkling/train/features/computeFeatures.js';
import { modelDefinitionOf } from '#inkling/train/state/snapshots.js';
import { trainingTask } from '#inkling/train/task.js';
import { runDataset as dataset } from '../helpers/run.js';

const model = resolveModel(preset('report-cnn-dropout', { input: dataset.shape, classes: 3 }));
const weights = initialWeights(model, new Random(5));
const task = trainingTask(model, dataset, parseConfig({ batchSize: 32 }));
const saved = { ...modelDefinitionOf(task), weights, batches: 1 };

test.each([4, 8])('features of %i layers give the calibration that the images give', async (fixedLayers) => {
  const values = await computeFeatures({ task, weights, fixedLayers }, {});
  const known = { fixedLayers, values };
  expect(await calibrateOnValidation(saved, task, { known })).toEqual(
    await calibrateOnValidation(saved, task),
  );
  // They are used.
  const other = { fixedLayers, values: values.map((value) => 2 * value) };
  expect(await calibrateOnValidation(saved, task, { known: other })).not.toEqual(
    await calibrateOnValidation(saved, task),
  );
});
