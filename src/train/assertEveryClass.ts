import { InklingError } from '../core/errors.js';
import { abbreviate, formatCount, formatPlural } from '../core/format.js';
import { countParts } from '../data/countParts.js';
import { DATASET_PARTS } from '../data/parts.js';
import type { TrainingTask } from './task.js';

/** The maximum number of further classes that a message lists. */
const MAX_LISTED = 5;

/**
 * Checks before training that every class has training, validation, and test images: otherwise its metrics would be undefined.
 *
 * @throws {InklingError} that names the classes without training, validation, or test images
 */
export function assertEveryClass({ dataset, split }: Pick<TrainingTask, 'dataset' | 'split'>): void {
  const { classes, source } = dataset;
  const counts = countParts(dataset, split);
  const totals = DATASET_PARTS.map((part) => counts[part].reduce((sum, count) => sum + count, 0));
  if (totals[0] === 0) {
    throw new InklingError(
      `${source.location}: has ${formatPlural(totals[2], 'test image')} and no training images; add training images, or evaluate a trained model on them`,
    );
  }
  const incomplete = [...classes.keys()].filter((label) =>
    DATASET_PARTS.some((part) => counts[part][label] === 0),
  );
  if (incomplete.length === 0) return;
  const [first, ...others] = incomplete.map((label) => `"${classes[label]}"`);
  const [training, validation, test] = DATASET_PARTS.map((part) => formatCount(counts[part][incomplete[0]]));
  throw new InklingError(
    `${source.location}: the class ${first} has ${training} training, ${validation} validation, and ${test} test images; ` +
      `expected one of each, thus at least ${DATASET_PARTS.length} images per class; add images, or remove the class` +
      (others.length === 0
        ? ''
        : ` (likewise ${formatPlural(others.length, 'other class', 'other classes')}: ${abbreviate(others, MAX_LISTED)})`),
  );
}
