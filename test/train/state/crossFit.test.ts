import { expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { calibrate } from '#inkling/predict/fitting/calibrate.js';
import { argmax, logSumExp } from '#inkling/predict/softmax.js';
import { parseConfig } from '#inkling/train/config.js';
import { startCrossFit } from '#inkling/train/state/crossFit.js';
import { trainAndScore } from '#inkling/train/trainAndScore.js';
import type { TrainingState } from '#inkling/train/state/trainingState.js';
import { trainingTask } from '#inkling/train/task.js';
import { stripes } from '../../helpers/stripes.js';

const images = stripes({ train: 700, test: 30 });
const model = preset('mlp', { input: images.shape, classes: 3 });

/** A task whose validation images have these labels. */
function taskOf(labels: readonly number[], monitor: 'accuracy' | 'loss') {
  const config = parseConfig({ monitor });
  const { dataset, ...task } = trainingTask(resolveModel(model), images, config, 1);
  const validation = Uint32Array.from(labels.keys());
  const train = { images: new Uint8Array(), labels: Uint8Array.from(labels) };
  return { ...task, dataset: { ...dataset, train }, split: { train: validation, validation } };
}

/** What a network says about the images, from its logits. */
function scoresOf(logits: Float32Array, labels: readonly number[]) {
  const rows = labels.map((_, image) => logits.subarray(image * 3, image * 3 + 3));
  return {
    logits,
    losses: Float32Array.from(rows, (row, image) => logSumExp(row) - row[labels[image]]),
    predictions: Int32Array.from(rows, argmax),
  };
}

/** Logits of 63 images after an epoch, for a comparison with Python. */
const LABELS = Array.from({ length: 63 }, (_, image) => ((image * 7) % 5) % 3);
const logitsAfter = (epoch: number) =>
  Float32Array.from(
    LABELS.flatMap((label, image) =>
      [0, 1, 2].map((c) => 3 * Math.sin(epoch * 5.1 + image * 1.7 + c * 2.3) + (c === label ? 3 : 0)),
    ),
  );

// NumPy, scikit-learn 1.9 (accuracy_score, log_loss), and SciPy 1.17 (minimize_scalar): the epoch that the images outside of each part
// select, and the temperature with the least loss of the logits of these epochs.
test.each([
  ['accuracy', [0, 0, 2, 4, 4], 3.354581],
  ['loss', [0, 0, 3, 3, 4], 3.540795],
] as const)(
  'by %s, gives each part the logits of the epoch that the others select',
  (monitor, epochs, expected) => {
    const crossFit = startCrossFit(taskOf(LABELS, monitor));
    for (let epoch = 0; epoch < 5; epoch++) crossFit?.add(scoresOf(logitsAfter(epoch), LABELS));
    const { logits } = crossFit?.state() ?? { logits: new Float32Array() };
    // The images of a class go to one part after the other.
    const sorted = [0, 1, 2].flatMap((label) =>
      [...LABELS.keys()].filter((image) => LABELS[image] === label),
    );
    sorted.forEach((image, place) => {
      const own = logitsAfter(epochs[place % 5]).subarray(image * 3, image * 3 + 3);
      expect(logits.subarray(image * 3, image * 3 + 3)).toEqual(own);
    });
    const labels = Uint8Array.from(LABELS);
    const { temperature } = calibrate(logitsAfter(4), labels, { unselected: logits });
    expect(temperature).toBeCloseTo(expected, 4);
  },
);

test('what a selection by chance gains does not show in the logits', () => {
  const random = new Random(1);
  const labels = Array.from({ length: 150 }, (_, image) => image % 3);
  const accuracyOf = (logits: Float32Array) =>
    scoresOf(logits, labels).predictions.filter((prediction, image) => prediction === labels[image]).length /
    150;
  const [selected, crossFitted] = [[] as number[], [] as number[]];
  for (let training = 0; training < 60; training++) {
    const crossFit = startCrossFit(taskOf(labels, 'accuracy'));
    const epochs = Array.from({ length: 20 }, () => new Float32Array(450).map(() => random.uniform(-1, 1)));
    for (const logits of epochs) crossFit?.add(scoresOf(logits, labels));
    selected.push(Math.max(...epochs.map(accuracyOf)));
    crossFitted.push(accuracyOf(crossFit?.state().logits ?? new Float32Array()));
  }
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // The networks guess: the best of 20 epochs has 40 % correct, by about twice the standard deviation of 3.8 points.
  expect(mean(selected)).toBeGreaterThan(0.39);
  expect(Math.abs(mean(crossFitted) - 1 / 3)).toBeLessThan(0.01);
});

test('needs as many images as a calibration', () => {
  expect(startCrossFit(taskOf(LABELS.slice(0, 49), 'accuracy'))).toBeUndefined();
});

test('a training calibrates with it, also when it is resumed, and says so if it could not', async () => {
  const states: TrainingState[] = [];
  const settings = { epochs: 4, batchSize: 64, threads: 1, learningRate: 0.02 };
  const options = { model, dataset: images, settings, onState: (state: TrainingState) => states.push(state) };
  const { best } = await trainAndScore(options);
  expect(best?.calibration).toMatchObject({ selection: 'cross-fitted', images: 70 });
  const [, state] = states;
  const resumed = await trainAndScore({ ...options, resume: { state, best } });
  expect(resumed.best?.calibration).toEqual(best?.calibration);
  expect(resumed.best?.weights).toEqual(best?.weights);
  // As a state that an earlier version saved.
  const old = await trainAndScore({ ...options, resume: { state: { ...state, crossFit: undefined }, best } });
  expect(old.best?.calibration).toMatchObject({ selection: 'same-images', images: 70 });
});
