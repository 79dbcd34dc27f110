import { checkValues } from '../../core/arguments/checkOptions.js';
import { hasField, type Kind } from '../../core/arguments/kinds.js';
import { describeAccuracies, wilsonInterval } from '../compare/statistics.js';

/** How many of its test images a network classifies correctly that was trained on a number of images. */
export interface LimitedTraining {
  /** The number of training images. */
  readonly images: number;
  readonly correct: number;
  /** The number of test images, the same for all. */
  readonly total: number;
}

/** The accuracy after training on a number of images. */
export interface LearningCurvePoint {
  readonly images: number;
  /** How many trainings there are. */
  readonly runs: number;
  /** Their mean accuracy on the test images, as a fraction. */
  readonly accuracy: number;
  /** The 95 % confidence interval: of several trainings, of their mean, by Student's t; of one, of its accuracy, by Wilson's score. */
  readonly interval: { readonly low: number; readonly high: number };
}

const TRAININGS: Kind = {
  what: 'an array of trainings, such as { images: 1000, correct: 930, total: 1000 }',
  accepts: (value) =>
    Array.isArray(value) &&
    value.every((each) => ['images', 'correct', 'total'].every((field) => hasField(each, field))),
};

/**
 * The accuracy as a function of the number of training images.
 *
 * @param trainings in any order; those with equally many images are repetitions of each other
 * @returns a point for each number of images, in ascending order
 * @throws {UsageError} for anything but trainings
 */
export function learningCurve(trainings: readonly LimitedTraining[]): LearningCurvePoint[] {
  checkValues('learningCurve', { trainings }, { trainings: TRAININGS });
  const sizes = [...new Set(trainings.map(({ images }) => images))].sort((a, b) => a - b);
  return sizes.map((images) => {
    const own = trainings.filter((each) => each.images === images);
    const accuracies = own.map(({ correct, total }) => correct / total);
    const [{ correct, total }] = own;
    const statistics = describeAccuracies(accuracies);
    return {
      images,
      runs: own.length,
      accuracy: statistics?.mean ?? accuracies[0],
      interval: statistics?.interval ?? wilsonInterval(correct, total),
    };
  });
}
