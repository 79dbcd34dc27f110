import { InklingError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import type { Dataset } from '../dataset.js';
import type { Split } from '../split.js';

/**
 * Training images that are left out: by the name of their class, their indices among the training images. The classes show whether a list belongs to
 * a data set.
 */
export type ExcludedImages = Readonly<Record<string, readonly number[]>>;

/** The number of images. */
export function countExcluded(excluded: ExcludedImages): number {
  return Object.values(excluded).reduce((sum, { length }) => sum + length, 0);
}

/** @param images indices among the training images of a data set */
export function excludedImages(
  { classes, train: { labels } }: Dataset,
  images: readonly number[],
): ExcludedImages {
  const byClass = new Map<string, number[]>();
  for (const image of [...images].sort((a, b) => a - b)) {
    const name = classes[labels[image]];
    const indices = byClass.get(name) ?? [];
    indices.push(image);
    byClass.set(name, indices);
  }
  return Object.fromEntries(byClass);
}

/**
 * A split without some images; the others remain where they are.
 *
 * @throws {InklingError} when the data set has no such class, or an image is not one of its class
 */
export function withoutImages(split: Split, excluded: ExcludedImages | undefined, dataset: Dataset): Split {
  if (excluded === undefined) return split;
  const isExcluded = new Uint8Array(dataset.train.labels.length);
  for (const [name, images] of Object.entries(excluded)) {
    const label = dataset.classes.indexOf(name);
    for (const image of images) {
      assertClass(image, { name, label }, dataset);
      isExcluded[image] = 1;
    }
  }
  const kept = (image: number) => isExcluded[image] === 0;
  return { train: split.train.filter(kept), validation: split.validation.filter(kept) };
}

function assertClass(
  image: number,
  { name, label }: { readonly name: string; readonly label: number },
  { source, classes, train: { labels } }: Dataset,
): void {
  const given = labels.at(image);
  if (label !== -1 && given === label) return;
  const received = given === undefined ? `only ${labels.length} images` : `one of "${classes[given]}"`;
  throw new InklingError(
    `${option('exclude')}: expected training image ${image} of ${source.location} to be one of the class "${name}", got ${received}; ` +
      'the list belongs to other images: make it again for this data set',
  );
}
