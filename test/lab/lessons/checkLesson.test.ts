import { expect, test } from 'vitest';
import { preset } from '#inkling/index.js';
import { splitExamples } from '../../../src/lab/data/splitExamples.js';
import { checkLesson } from '../../../src/lab/lessons/checkLesson.js';
import type { LessonId } from '../../../src/lab/lessons/lesson.js';
import { firstExamples, shuffleLabels } from '../../../src/lab/lessons/lessonData.js';
import { LESSONS } from '../../../src/lab/lessons/lessons.js';
import { started, type Task, type TrainingRun } from '../../../src/lab/training/trainingRun.js';
import { builtInDigits } from './builtInDigits.js';

const digits = builtInDigits();
const options = { input: [28, 28, 1], classes: 10 };

const lessonOf = (id: LessonId) => {
  const lesson = LESSONS.find((each) => each.id === id);
  if (lesson === undefined) throw new Error(`there is no lesson ${id}`);
  return lesson;
};

/** The data set of the lesson about learning rates. */
const all = splitExamples({ ...digits, name: 'digits-learning-rate' });

const task = (change: Partial<Task['settings']>, dataset = all): Task => ({
  model: preset('mlp', options),
  dataset,
  settings: { epochs: 2, learningRate: 0.001, batchSize: 64, varied: false, gpu: false, ...change },
});

/** A run that ended with a training accuracy, and validation accuracies of its epochs. */
function run(of: Task, training: number, ...validations: readonly number[]): TrainingRun {
  const epochs = validations.map((validationAccuracy, i) => ({
    epoch: i + 1,
    trainLoss: 1,
    trainAccuracy: training,
    validationLoss: 1,
    validationAccuracy,
    seconds: 1,
    imagesPerSecond: 1,
    learningRate: 0.001,
  }));
  return { ...started(of, []), epochs, phase: 'done' };
}

const high = run(task({ learningRate: 0.1 }), 0.2, 0.123, 0.1);
const low = run(task({ learningRate: 0.001 }), 0.99, 0.9, 0.978);

test('says what is still to be done', () => {
  const lesson = lessonOf('learningRate');
  expect(checkLesson(lesson, [low])).toMatchObject({
    state: 'todo',
    message: 'Still to do: train with the learning rate 0.1.',
  });
  expect(checkLesson(lesson, [high])).toMatchObject({
    state: 'todo',
    message:
      'Trained with the learning rate 0.1: the validation accuracy was 12.3 %. ' +
      'Still to do: train with the learning rate 0.001, and leave everything else as it is.',
  });
});

test('says what was seen, in any order, with the best validation accuracy of the latest runs', () => {
  const older = run(task({ learningRate: 0.1 }), 0.5, 0.5);
  for (const runs of [
    [older, high, low],
    [low, older, high],
  ]) {
    expect(checkLesson(lessonOf('learningRate'), runs)).toMatchObject({
      state: 'seen',
      message:
        'The validation accuracy with 0.1 was 12.3 %, with 0.001 97.8 %. Steps that are too big jump past the goal.',
    });
  }
});

test('each training of a lesson is found on its own, also one that may follow', () => {
  const lesson = lessonOf('learningRate');
  const validations = (...runs: readonly TrainingRun[]) =>
    checkLesson(lesson, runs).trainings.map((numbers) => numbers?.validation);
  expect(lesson.steps.map(([, training]) => training)).toEqual([0, 1, 2]);
  expect(validations(low)).toEqual([]);
  expect(validations(high)).toEqual([0.123, undefined, undefined]);
  const lower = run(task({ learningRate: 0.0001 }), 0.9, 0.85);
  expect(validations(high, lower)).toEqual([0.123, undefined, 0.85]);
  expect(validations(high, low, lower)).toEqual([0.123, 0.978, 0.85]);
  const longer = run(task({ learningRate: 0.0001, epochs: 30 }), 0.9, 0.85);
  expect(validations(high, low, longer)).toEqual([0.123, 0.978, undefined]);
});

test('says that there is no difference', () => {
  const similar = run(task({ learningRate: 0.001 }), 0.2, 0.15);
  const { state, message } = checkLesson(lessonOf('learningRate'), [high, similar]);
  expect(state).toBe('unclear');
  expect(message).toMatch(/12\.3 %.+15\.0 %.+does not show a clear difference/);
});

test('a training that has not finished, or that differs in more than one thing, does not count', () => {
  const lesson = lessonOf('learningRate');
  const others: readonly TrainingRun[] = [
    { ...low, phase: 'paused' },
    run(task({ epochs: 5 }), 0.99, 0.9),
    run({ ...task({}), model: preset('lenet5', options) }, 0.99, 0.9),
    run(task({}, splitExamples(digits)), 0.99, 0.9),
  ];
  for (const other of others) expect(checkLesson(lesson, [high, other]).state).toBe('todo');
});

test('compares training and validation accuracy where a lesson is about both', () => {
  const wrong = splitExamples({ ...shuffleLabels(firstExamples(digits, 50)), name: 'digits-shuffled' });
  const right = run(task({}, splitExamples(digits)), 0.99, 0.97);
  const learned = run(task({}, wrong), 0.95, 0.1, 0.12);
  expect(checkLesson(lessonOf('shuffledLabels'), [learned, right])).toMatchObject({
    state: 'seen',
    message: expect.stringContaining('95.0 % of its own images “right”, but only 12.0 % of new ones'),
  });
  const notLearned = run(task({}, wrong), 0.3, 0.12);
  expect(checkLesson(lessonOf('shuffledLabels'), [notLearned, right]).state).toBe('unclear');
});
