import { areEqual } from '../core/arrays.js';
import { InklingError } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import { listNames, unknownName } from '../core/suggest.js';
import { countClasses, MAX_CLASSES, toLabels } from './classes.js';
import type { Dataset, ImageSet } from './dataset.js';

/**
 * Relabels a data set with the classes of a model, which are matched by name because the order of a data set's own classes depends
 * on the kind of its source.
 *
 * @throws {InklingError} when it has images of a class that the model does not have, or the model has more classes than labels can state
 */
export function matchClasses(dataset: Dataset, classes: readonly string[]): Dataset {
  if (areEqual(dataset.classes, classes)) return dataset;
  if (classes.length > MAX_CLASSES) {
    throw new InklingError(
      `${dataset.name}: expected a model with at most ${formatCount(MAX_CLASSES)} classes, got one with ${formatCount(classes.length)}; train its last layer for the classes of the data set`,
    );
  }
  const labels = dataset.classes.map((name) => classes.indexOf(name));
  const counts = countClasses([...dataset.train.labels, ...dataset.test.labels], dataset.classes.length);
  const unknown = labels.findIndex((label, own) => label === -1 && counts[own] > 0);
  if (unknown !== -1) throw unknownClass(dataset, dataset.classes[unknown], classes);
  const relabel = (part: ImageSet): ImageSet => ({
    images: part.images,
    labels: toLabels(
      Array.from(part.labels, (label) => labels[label]),
      classes.length,
    ),
  });
  return { ...dataset, classes, train: relabel(dataset.train), test: relabel(dataset.test) };
}

/** The error for a class of a data set that a model does not have. */
export function unknownClassError(
  dataset: string,
  name: string,
  classes: readonly string[],
  remedy = '',
): InklingError {
  const expected = `expected only classes of the model, which are matched by name: ${listNames(classes)}${remedy}`;
  return new InklingError(`${dataset}: ${unknownName('class', name, classes, expected)}`);
}

function unknownClass({ name, classes: own }: Dataset, unknown: string, classes: readonly string[]) {
  const areNumbers =
    own.every((each, label) => each === String(label)) && !classes.some((each) => /^\d+$/.test(each));
  const remedy = areNumbers ? '; its labels are numbers: replace them with the class names' : '';
  return unknownClassError(name, unknown, classes, remedy);
}
