import { InklingError } from '../core/errors.js';
import { formatCount } from '../core/format.js';

/** ImageNet has 1,000; confusion matrices grow with the square of the number. */
export const MAX_CLASSES = 1024;

/** The number of labels of each class. */
export function countClasses(labels: Iterable<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

/** The classes of a data set whose files contain the labels themselves, and the labels as indices into them. */
export interface NamedLabels {
  /** In numerical order if all are whole numbers, otherwise sorted by UTF-16 code units. */
  readonly classes: readonly string[];
  readonly labels: readonly Labels[];
}

/**
 * Numbers the labels of each part of a data set. Only labels that occur become classes: Sign Language MNIST has no 9.
 *
 * @param file for error messages
 * @throws {InklingError} when there are too many classes, or fewer than `minClasses`
 */
export function nameLabels(
  parts: readonly (readonly string[])[],
  file: string,
  minClasses: number,
): NamedLabels {
  const names = [...new Set(parts.flatMap((labels) => [...new Set(labels)]))];
  const areNumbers = names.every((name) => /^-?\d+$/.test(name));
  const classes = areNumbers ? names.sort((a, b) => Number(a) - Number(b)) : names.sort();
  if (classes.length < minClasses) {
    throw new InklingError(`${file}: every label is ${classes.join('')}, expected at least two classes`);
  }
  if (classes.length > MAX_CLASSES) {
    const shown = classes.slice(0, 5).join(', ');
    throw new InklingError(
      `${file}: has ${formatCount(classes.length)} different labels (${shown}, …), expected at most ${formatCount(MAX_CLASSES)} classes; check which column or file has the labels`,
    );
  }
  const indices = new Map(classes.map((name, index) => [name, index]));
  return {
    classes,
    labels: parts.map((names) =>
      toLabels(
        names.map((name) => indices.get(name) ?? 0),
        classes.length,
      ),
    ),
  };
}

/** The class of each image, as an index: one byte each if there are at most 256 classes. */
export type Labels = Uint8Array | Uint16Array;

const MAX_BYTE_CLASSES = 256;

/** @param classes the number of classes */
export function toLabels(labels: ArrayLike<number>, classes: number): Labels {
  return classes <= MAX_BYTE_CLASSES ? Uint8Array.from(labels) : Uint16Array.from(labels);
}

/** The labels of some images, in the order of their indices. */
export function pickLabels(labels: Labels, indices: Uint32Array): Labels {
  const picked =
    labels instanceof Uint8Array ? new Uint8Array(indices.length) : new Uint16Array(indices.length);
  indices.forEach((image, position) => {
    picked[position] = labels[image];
  });
  return picked;
}

/** The labels of several sets of images with the same classes, one after the other. */
export function concatenateLabels(parts: readonly Labels[]): Labels {
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  const all = parts.some((part) => part instanceof Uint16Array)
    ? new Uint16Array(count)
    : new Uint8Array(count);
  let first = 0;
  for (const part of parts) {
    all.set(part, first);
    first += part.length;
  }
  return all;
}
