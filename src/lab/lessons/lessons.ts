import { batchNorm1d, flatten, type Layer, linear, relu, sigmoid } from '#inkling/index.js';
import type { Task } from '../training/trainingRun.js';
import type { Lesson } from './lesson.js';
import { firstExamples, shiftHeldOut, shuffleLabels, withoutClass } from './lessonData.js';

/** Whether a training is of the data set of a lesson, which is named after it. */
const isOf =
  (name: string) =>
  ({ dataset }: Task): boolean =>
    dataset.name === name;

/** Whether it is of all built-in digits, as the data view loads them. */
const isOfAllDigits = isOf('digits');

const has =
  (type: Layer['type']) =>
  ({ model }: Task): boolean =>
    model.layers.some((layer) => layer.type === type);

const hasNot = (type: Layer['type']) => (task: Task) => !has(type)(task);

const all =
  (...conditions: readonly ((task: Task) => boolean)[]) =>
  (task: Task): boolean =>
    conditions.every((condition) => condition(task));

const learnsWith =
  (least: number, most: number) =>
  ({ settings }: Task): boolean =>
    settings.learningRate >= least && settings.learningRate <= most;

/** What training and validation accuracy differ by. */
const gap = ({ training, validation }: { training: number; validation: number }) => training - validation;

/** Hidden layers with an activation that is hard to train without normalization. */
const deepNetwork: readonly Layer[] = [
  flatten({ name: 'flatten' }),
  ...[1, 2, 3, 4].flatMap((i) => [
    linear({ name: `linear${i}`, outFeatures: 64 }),
    batchNorm1d({ name: `norm${i}` }),
    sigmoid({ name: `sigmoid${i}` }),
  ]),
  linear({ name: 'output', outFeatures: 10 }),
];

/** Wide enough to learn all digits by heart. */
const wideNetwork: readonly Layer[] = [
  flatten({ name: 'flatten' }),
  linear({ name: 'hidden', outFeatures: 128 }),
  relu({ name: 'relu' }),
  linear({ name: 'output', outFeatures: 10 }),
];

const usual = { learningRate: 0.001, batchSize: 64, varied: false };
/** For few examples. */
const long = { ...usual, epochs: 40, batchSize: 16 };

/** All lessons, in order. */
export const LESSONS: readonly Lesson[] = [
  {
    id: 'learningRate',
    minutes: 15,
    setup: {
      examples: (digits) => ({ ...digits, name: 'digits-learning-rate' }),
      network: 'lenet5',
      settings: { ...usual, epochs: 15, learningRate: 0.1 },
    },
    steps: [
      ['training', 0],
      ['training', 1],
      ['training', 2],
    ],
    terms: ['learningRate', 'accuracy', 'validation'],
    varies: 'learningRate',
    trainings: [
      all(isOf('digits-learning-rate'), learnsWith(0.03, 1)),
      all(isOf('digits-learning-rate'), learnsWith(0.0003, 0.003)),
      all(isOf('digits-learning-rate'), learnsWith(0, 0.0002)),
    ],
    isShown: (first, second) => second.validation - first.validation >= 0.2,
  },
  {
    id: 'overfitting',
    minutes: 15,
    setup: {
      examples: (digits) => ({ ...firstExamples(digits, 8), name: 'digits-few' }),
      network: 'mlp',
      settings: long,
    },
    steps: [['data'], ['training', 0], ['data'], ['training', 1]],
    terms: ['accuracy', 'training', 'validation'],
    varies: 'data',
    trainings: [isOf('digits-few'), isOfAllDigits],
    isShown: (first, second) => gap(first) - gap(second) >= 0.1,
  },
  {
    id: 'shuffledLabels',
    minutes: 15,
    setup: {
      examples: (digits) => ({ ...shuffleLabels(firstExamples(digits, 50)), name: 'digits-shuffled' }),
      network: 'report-cnn',
      settings: { ...long, epochs: 25 },
    },
    steps: [['data'], ['training', 0], ['data'], ['training', 1]],
    terms: ['accuracy', 'training', 'validation'],
    varies: 'data',
    trainings: [isOf('digits-shuffled'), isOfAllDigits],
    isShown: (first, second) => gap(first) >= 0.4 && second.validation - first.validation >= 0.4,
  },
  {
    id: 'missingClass',
    minutes: 20,
    setup: {
      examples: (digits) => ({ ...withoutClass(digits, '9'), name: 'digits-without-9' }),
      network: 'report-cnn',
      settings: { ...usual, epochs: 10 },
    },
    steps: [['training', 0], ['try'], ['data'], ['training', 1], ['try']],
    terms: ['accuracy', 'validation', 'confidence'],
    varies: 'data',
    trainings: [isOf('digits-without-9'), isOfAllDigits],
    // Of ten digits, the first network knows nine.
    isShown: (first, second) => second.validation > 0.9 * first.validation,
  },
  {
    id: 'normalization',
    minutes: 15,
    setup: {
      examples: (digits) => ({ ...digits, name: 'digits-normalization' }),
      network: deepNetwork,
      settings: { ...usual, epochs: 10 },
    },
    steps: [['training', 0], ['network'], ['training', 1]],
    terms: ['accuracy', 'epoch', 'validation'],
    varies: 'network',
    trainings: [
      all(isOf('digits-normalization'), has('batchNorm1d')),
      all(isOf('digits-normalization'), hasNot('batchNorm1d')),
    ],
    isShown: (first, second) => first.validation - second.validation >= 0.2,
  },
  {
    id: 'dropout',
    minutes: 15,
    setup: {
      examples: (digits) => ({ ...digits, name: 'digits-dropout' }),
      network: wideNetwork,
      settings: { ...usual, epochs: 40 },
    },
    steps: [['training', 0], ['network'], ['training', 1]],
    terms: ['accuracy', 'training', 'validation'],
    varies: 'network',
    trainings: [all(isOf('digits-dropout'), hasNot('dropout')), all(isOf('digits-dropout'), has('dropout'))],
    isShown: (first, second) => gap(first) - gap(second) >= 0.02,
  },
  {
    id: 'augmentation',
    minutes: 15,
    setup: {
      examples: (digits) => ({ ...firstExamples(digits, 30), name: 'digits-augmentation' }),
      network: 'report-cnn',
      settings: long,
    },
    steps: [
      ['training', 0],
      ['training', 1],
    ],
    terms: ['accuracy', 'validation', 'vary'],
    varies: 'varied',
    trainings: [
      all(isOf('digits-augmentation'), ({ settings }) => !settings.varied),
      all(isOf('digits-augmentation'), ({ settings }) => settings.varied),
    ],
    isShown: (first, second) => second.validation - first.validation >= 0.03,
  },
  {
    id: 'shifts',
    minutes: 15,
    setup: {
      examples: (digits) => ({ ...shiftHeldOut(digits, 3), name: 'digits-shifted' }),
      network: 'mlp',
      settings: { ...usual, epochs: 15 },
    },
    steps: [['training', 0], ['network'], ['training', 1]],
    terms: ['mlp', 'cnn', 'accuracy', 'validation'],
    varies: 'network',
    trainings: [all(isOf('digits-shifted'), hasNot('conv2d')), all(isOf('digits-shifted'), has('conv2d'))],
    isShown: (first, second) => second.validation - first.validation >= 0.1,
  },
];

/** The number of a lesson, from 1. */
export function numberOf(lesson: Lesson): number {
  return LESSONS.indexOf(lesson) + 1;
}

/** The lesson after another one; undefined after the last. */
export function lessonAfter(lesson: Lesson): Lesson | undefined {
  return LESSONS.at(numberOf(lesson));
}
