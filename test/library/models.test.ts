/** What the library does with models in memory, beyond training and predictions. */
import { expect, test } from 'vitest';
import { auditDataset } from '#inkling/data/audit/auditDataset.js';
import { encodeTorch } from '#inkling/export/encodeTorch.js';
import { encodeCheckpoint, type SavedModel } from '#inkling/interop/checkpoint.js';
import { decodeWeights } from '#inkling/interop/decodeWeights.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { toStateDict } from '#inkling/interop/torch/stateDict.js';
import { calibrateModel } from '#inkling/library/calibrateModel.js';
import { fit } from '#inkling/library/fit.js';
import { preset } from '#inkling/models/presets.js';
import { compareModels } from '#inkling/runs/compare/compareModels.js';
import { describeTrainingStep } from '#inkling/train/profile/trainingStep.js';
import type { TrainingState } from '#inkling/train/state/trainingState.js';
import { stripes } from '../helpers/stripes.js';

const dataset = stripes({ train: 100, test: 30 });
const model = preset('mlp', { input: dataset.shape, classes: 3 });
const settings = { epochs: 2, batchSize: 16, threads: 1 };
const { best, test: metrics, predictions } = await fit({ model, dataset, settings });
if (best === undefined || metrics === undefined || predictions === undefined) throw new Error('interrupted');
const trained: SavedModel = best;

test('calibrates a model after the fact like training does', async () => {
  const uncalibrated = { ...trained, calibration: undefined };
  const { calibration, weights } = await calibrateModel(uncalibrated, dataset);
  expect(calibration).toEqual(trained.calibration);
  expect(weights).toBe(trained.weights);
});

test('calibrates on the validation images that the data set defines, with the classes of the model', async () => {
  const renamed = { ...dataset, classes: ['x', ...dataset.classes.slice(1)] };
  await expect(calibrateModel(trained, renamed)).rejects.toThrow(/"x"/);
  const other = await calibrateModel(trained, { ...dataset, validationCount: 40 });
  expect(other.calibration).not.toEqual(trained.calibration);
});

test('decodes weights of PyTorch, with the classes of the file or those passed', () => {
  const bytes = encodeCheckpoint(trained);
  const decoded = decodeWeights(bytes, { model });
  expect(decoded.weights).toEqual(trained.weights);
  expect(decoded.classes).toEqual(dataset.classes);
  const bare = encodeSafetensors(toStateDict(model, trained.weights, 0), {});
  expect(decodeWeights(bare, { model, classes: ['a', 'b', 'c'] }).classes).toEqual(['a', 'b', 'c']);
  expect(() => decodeWeights(bare, { model })).toThrow(
    'weights: expected class names, which files saved by Inkling contain, got none; pass them as classes',
  );
  expect(() => decodeWeights(bare, { model, classes: ['a', 'b'], source: 'w.safetensors' })).toThrow(
    /^w\.safetensors: expected 3 class names/,
  );
});

test('compares models on the same test images, whatever the order of their classes', async () => {
  const { best: other } = await fit({ model, dataset, settings: { ...settings, epochs: 1, seed: 1 } });
  if (other === undefined) throw new Error('interrupted');
  const { models, pairs } = await compareModels([trained, other, trained], dataset, { threads: 1 });
  expect(models[0]).toMatchObject({ model: 'mlp', correct: metrics.correct, accuracy: metrics.accuracy });
  expect(models[0]).toEqual(models[2]);
  expect(pairs.map(({ first, second }) => [first, second])).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  const [{ bothCorrect, onlyFirst, onlySecond, bothWrong }, same] = pairs;
  expect(bothCorrect + onlyFirst + onlySecond + bothWrong).toBe(30);
  expect(bothCorrect + onlyFirst).toBe(models[0].correct);
  expect(bothCorrect + onlySecond).toBe(models[1].correct);
  expect(same).toMatchObject({ onlyFirst: 0, onlySecond: 0, pValue: 1 });
  const reversed = { ...dataset, classes: [...dataset.classes].reverse() };
  const relabeled = dataset.test.labels.map((label) => 2 - label);
  const elsewhere = { ...reversed, test: { ...dataset.test, labels: relabeled } };
  expect(await compareModels([trained, other, trained], elsewhere, { threads: 1 })).toEqual({
    models,
    pairs,
  });
});

test('resumes a training from its state', async () => {
  let state: TrainingState | undefined;
  let checkpoint: SavedModel | undefined;
  await fit({
    model,
    dataset,
    settings: { ...settings, epochs: 1 },
    onState(after) {
      state = after;
    },
    onCheckpoint(which, saved) {
      if (which === 'best') checkpoint = saved;
    },
  });
  if (state === undefined) throw new Error('expected a state');
  const resumed = await fit({ model, dataset, settings, resume: { state, best: checkpoint } });
  expect(resumed.best?.weights).toEqual(trained.weights);
  expect(resumed.epochs).toHaveLength(2);
});

test('encodes a model for PyTorch', async () => {
  const script = await encodeTorch(trained, { weightsFile: 'stripes.safetensors' });
  expect(script).toContain('WEIGHTS = Path(__file__).with_name("stripes.safetensors")');
  expect(script).toMatch(/EXPECTED = \[-?\d+\.\d+,-?\d+\.\d+,-?\d+\.\d+\]/);
  expect(await encodeTorch(trained)).toContain('with_name("model.safetensors")');
});

test('describes a training step, with times if they are measured', async () => {
  const { batch, stages } = await describeTrainingStep(model);
  expect(batch).toBe(64);
  const operations = stages.flatMap((stage) => stage.operations);
  expect(operations.map(({ operation }) => operation)).toContain('adam');
  expect(operations.every(({ seconds }) => seconds === undefined)).toBe(true);
  const measured = await describeTrainingStep(model, { measure: true });
  const times = measured.stages.flatMap((stage) => stage.operations.map(({ seconds }) => seconds));
  expect(times).toHaveLength(operations.length);
  expect(times.every((seconds) => seconds !== undefined && seconds >= 0)).toBe(true);
});

test('audits a data set in memory', () => {
  const { train, test, imbalance, duplicates } = auditDataset(dataset);
  expect(train.images).toBe(100);
  expect(test.perClass.reduce((sum, count) => sum + count)).toBe(30);
  expect(imbalance).toBeGreaterThanOrEqual(1);
  expect(duplicates.otherClass).toBe(0);
  expect(auditDataset(dataset, { splitSeed: 42 })).toEqual(auditDataset(dataset));
});
