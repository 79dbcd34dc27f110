import { InklingError } from '../core/errors.js';
import { countClasses, type Labels } from '../data/classes.js';
import type { Config } from './config.js';
import type { Loss } from './plans/addLoss.js';

/**
 * The loss that a configuration describes. Balanced weights are `images / (classes · images of the class)`, as in
 * scikit-learn, and 0 for a class without images.
 *
 * @param labels of the training images
 * @throws {InklingError} when the number of weights differs from the number of classes
 */
export function lossOf({ labelSmoothing, classWeights }: Config, labels: Labels, classes: number): Loss {
  if (classWeights === 'balanced') {
    const weights = countClasses(labels, classes).map((count) =>
      count === 0 ? 0 : labels.length / (classes * count),
    );
    return { smoothing: labelSmoothing, classWeights: weights };
  }
  assertWeightPerClass(classWeights, classes);
  return { smoothing: labelSmoothing, classWeights };
}

/** @throws {InklingError} when the number of weights differs from the number of classes */
export function assertWeightPerClass(classWeights: Config['classWeights'], classes: number): void {
  if (classWeights === undefined || classWeights === 'balanced' || classWeights.length === classes) return;
  throw new InklingError(
    `classWeights: expected ${String(classes)} weights, one per class, or "balanced"; got ${String(classWeights.length)}`,
  );
}
