import { expect, test } from 'vitest';
import { fit } from '#inkling/index.js';
import { INPUTS, usedClasses } from '../../../src/lab/data/collection.js';
import { splitExamples } from '../../../src/lab/data/splitExamples.js';
import { NEW_LAYERS } from '../../../src/lab/network/layerFields.js';
import { networkOf, resolveNetwork } from '../../../src/lab/network/network.js';
import { outputLayerOf } from '../../../src/lab/network/outputLayer.js';
import { checkLesson } from '../../../src/lab/lessons/checkLesson.js';
import type { LessonId } from '../../../src/lab/lessons/lesson.js';
import { LESSONS } from '../../../src/lab/lessons/lessons.js';
import { workOf } from '../../../src/lab/lessons/useLesson.js';
import { defaultSettings, fitSettingsOf } from '../../../src/lab/training/settings.js';
import { started, type Task, type TrainingRun } from '../../../src/lab/training/trainingRun.js';
import { builtInDigits } from './builtInDigits.js';

type Work = ReturnType<typeof workOf>;

const digits = builtInDigits();

/** What students change for the second training of each lesson. */
const CHANGES: Readonly<Record<LessonId, (work: Work) => Work>> = {
  learningRate: (work) => ({ ...work, settings: { ...work.settings, learningRate: 0.001 } }),
  overfitting: (work) => ({ ...work, examples: digits }),
  shuffledLabels: (work) => ({ ...work, examples: digits }),
  missingClass: (work) => ({ ...work, examples: digits }),
  normalization: (work) => withLayers(work, (layers) => layers.filter(({ type }) => type !== 'batchNorm1d')),
  dropout: (work) =>
    withLayers(work, (layers) => layers.toSpliced(outputLayerOf(layers), 0, { ...NEW_LAYERS.dropout })),
  augmentation: (work) => ({ ...work, settings: { ...work.settings, varied: true } }),
  shifts: (work) => ({ ...work, network: networkOf('report-cnn', { input: [28, 28, 1], classes: 10 }) }),
};

function withLayers(
  work: Work,
  change: (layers: Work['network']['layers']) => Work['network']['layers'],
): Work {
  return { ...work, network: { ...work.network, layers: change(work.network.layers) } };
}

function taskOf({ examples, network, settings }: Work): Task {
  const dataset = splitExamples(examples);
  const options = { input: INPUTS[examples.kind].shape, classes: usedClasses(examples).length };
  const { model } = resolveNetwork(network, options);
  if (model === undefined) throw new Error('the network does not work');
  return { model, dataset, settings: { ...defaultSettings(dataset.train.labels.length), ...settings } };
}

async function train(task: Task): Promise<TrainingRun> {
  const { model, dataset, settings } = task;
  const { epochs } = await fit({ model, dataset, settings: fitSettingsOf(settings) });
  return { ...started(task, []), phase: 'done', epochs };
}

/** The check before any training, and after each. */
async function follow(id: LessonId) {
  const lesson = LESSONS.find((each) => each.id === id);
  if (lesson === undefined) throw new Error(`there is no lesson ${id}`);
  const work = workOf(lesson.setup, digits);
  const first = await train(taskOf(work));
  const second = await train(taskOf(CHANGES[id](work)));
  return [[], [first], [first, second]].map((runs) => checkLesson(lesson, runs));
}

/** The others were trained likewise: each takes less than 20 seconds, and shows its effect as clearly. */
const FASTEST: readonly LessonId[] = ['overfitting', 'normalization'];

test.each(FASTEST)('the trainings of the lesson "%s" show its effect', async (id) => {
  expect((await follow(id)).map(({ state }) => state)).toEqual(['todo', 'todo', 'seen']);
});

test.each(LESSONS)('the lesson "$id" can be set up, and changed as it says', ({ id, setup }) => {
  const work = workOf(setup, digits);
  expect(() => [taskOf(work), taskOf(CHANGES[id](work))]).not.toThrow();
});
