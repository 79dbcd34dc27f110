import { concatenateBytes } from '../core/arrays.js';
import { InklingError } from '../core/errors.js';
import { formatCount } from '../core/format.js';
import { formatShape, sizeOf } from '../core/shape.js';
import { concatenateLabels, nameLabels } from './classes.js';
import type { Dataset, DatasetSource, LoadedImageSet } from './dataset.js';
import { type DatasetUse, withTestImages } from './holdOutTest.js';
import type { LabeledImages } from './labeledImages.js';
import { DATASET_PARTS, type DatasetPart } from './parts.js';

/** A part of a data set as read from files. */
export interface PartImages extends LabeledImages {
  readonly part: DatasetPart;
  /** The file or folder that it was read from, for messages. */
  readonly origin: string;
}

/**
 * Makes a data set from images with labels. A part without labels cannot be used, and is ignored if another has them.
 *
 * @param parts at most one for each part of the data set
 * @throws {InklingError} when there are no labels, only one class, or the parts do not fit together
 */
export function labeledDataset(
  parts: readonly PartImages[],
  {
    name,
    location,
    sha256,
  }: { readonly name: string; readonly location: string; readonly sha256: DatasetSource['sha256'] },
  use: DatasetUse,
): Dataset {
  const labeled = DATASET_PARTS.flatMap((part) => parts.filter((each) => each.part === part)).flatMap(
    (each) => (each.labels === undefined ? [] : [{ ...each, labels: each.labels }]),
  );
  if (labeled.length === 0) {
    throw new InklingError(
      `${location}: expected labels to train or evaluate on, such as a column "label", got only pixels; use inkling predict to classify its images`,
    );
  }
  const { classes, labels } = nameLabels(
    labeled.map((part) => part.labels),
    location,
    use === 'training' ? 2 : 1,
  );
  const [{ shape }] = labeled;
  for (const part of labeled) checkPart(part, labeled[0]);
  const setOf = (...wanted: readonly DatasetPart[]): LoadedImageSet =>
    join(
      labeled.flatMap(({ part, pixels }, i) =>
        wanted.includes(part) ? [{ images: pixels, labels: labels[i] }] : [],
      ),
    );
  const validation = setOf('validation').labels.length;
  const dataset: Dataset = {
    name,
    source: { kind: 'files', location, verified: false, sha256, notes: notesOf(parts) },
    shape,
    classes,
    train: setOf('train', 'validation'),
    ...(validation === 0 ? {} : { validationCount: validation }),
    test: setOf('test'),
    splitMethod: 'stratified',
  };
  return withTestImages(dataset, use);
}

/**
 * Joins images of the same part that come from several files.
 *
 * @throws {InklingError} when their shapes differ
 */
export function joinParts(parts: readonly PartImages[]): PartImages[] {
  return DATASET_PARTS.flatMap((part) => {
    const own = parts.filter((each) => each.part === part);
    if (own.length < 2) return own;
    const [first] = own;
    for (const each of own) checkPart(each, first);
    const pixels = concatenateBytes(own.map((each) => each.pixels));
    return [{ ...first, pixels, labels: own.flatMap(({ labels }) => labels ?? []) }];
  });
}

function checkPart({ shape, labels, pixels, origin }: PartImages, first: PartImages): void {
  if (formatShape(shape) !== formatShape(first.shape)) {
    throw new InklingError(
      `${origin}: images of ${formatShape(shape)}, expected ${formatShape(first.shape)} as in ${first.origin}`,
    );
  }
  const images = pixels.length / sizeOf(shape);
  if (labels?.length === images) return;
  throw new InklingError(
    `${origin}: ${formatCount(labels?.length ?? 0)} labels, expected ${formatCount(images)}, one for each image`,
  );
}

function join(sets: readonly LoadedImageSet[]): LoadedImageSet {
  if (sets.length === 1) return sets[0];
  return {
    images: concatenateBytes(sets.map(({ images }) => images)),
    labels: concatenateLabels(sets.map(({ labels }) => labels)),
  };
}

function notesOf(parts: readonly PartImages[]): string[] {
  const areAlike = new Set(parts.map(({ interpretation }) => interpretation)).size === 1;
  const notes = parts.map(({ part, labels, interpretation }) => {
    const prefix = areAlike ? '' : `${part}: `;
    return `${prefix}${interpretation}${labels === undefined ? '; ignored, since it has no labels' : ''}`;
  });
  return [...new Set(notes)];
}
