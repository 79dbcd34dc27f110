import { expect, test } from 'vitest';
import { preset } from '#inkling/index.js';
import { addExamples, emptyCollection } from '../../src/lab/data/collection.js';
import { splitExamples } from '../../src/lab/data/splitExamples.js';
import { differencesOf, hideOldest, isShown, tonesOf } from '../../src/lab/training/compareRuns.js';
import { defaultSettings, type LabSettings } from '../../src/lab/training/settings.js';
import { IDLE, type TrainingRun } from '../../src/lab/training/trainingRun.js';

const model = preset('mlp', { input: [28, 28, 1], classes: 2 });
const images = Array.from({ length: 10 }, () => new Uint8Array(784));
const dataset = splitExamples(addExamples(emptyCollection('drawing', []), [{ name: 'a', images }]));

function runOf(id: number, settings: Partial<LabSettings> = {}, data = dataset): TrainingRun {
  const task = { model, dataset: data, settings: { ...defaultSettings(10), ...settings } };
  return { ...IDLE, id, name: `run ${id}`, task };
}

test('what is the same in all runs is not listed', () => {
  const larger = splitExamples(
    addExamples(emptyCollection('drawing', []), [{ name: 'a', images: [...images, ...images] }]),
  );
  expect(differencesOf([runOf(1), runOf(2)])).toEqual([[], []]);
  expect(
    differencesOf([runOf(1), runOf(2, { learningRate: 0.01 }), runOf(3, { varied: false }, larger)]),
  ).toEqual([
    ['data set 1 with 6 training images', 'learning rate 0.001', 'varied images'],
    ['data set 1 with 6 training images', 'learning rate 0.01', 'varied images'],
    ['data set 2 with 12 training images', 'learning rate 0.001', 'images not varied'],
  ]);
});

test('at most five runs are shown, the latest ones, each with a tone of its own', () => {
  const runs = hideOldest(Array.from({ length: 7 }, (_, i) => runOf(i + 1)));
  expect(runs.map(isShown)).toEqual([false, false, true, true, true, true, true]);
  const tones = tonesOf(runs);
  expect([...tones.keys()]).toEqual([3, 4, 5, 6, 7]);
  expect(new Set(tones.values()).size).toBe(5);
  // A run keeps its tone when others are hidden or forgotten.
  const fewer = tonesOf([runs[3], runs[6]]);
  expect([...fewer]).toEqual([4, 7].map((id) => [id, tones.get(id)]));
});
