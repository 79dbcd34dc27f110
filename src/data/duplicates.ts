import { createHash } from 'node:crypto';
import { sizeOf } from '../core/shape.js';
import type { Dataset } from './dataset.js';
import { splitOf } from './split.js';

/** Copies that a description names, at most. */
const MOST_EXAMPLES = 5;

/** The parts of a data set, in the order in which they are searched. */
export type DatasetPart = 'train' | 'validation' | 'test';

/** An image of a data set. */
export interface ImagePlace {
  readonly part: DatasetPart;
  /** Its file, or its number: among the training images, validation included, or among the test images. */
  readonly name: string;
  readonly label: number;
}

/** Images that equal an earlier one, pixel by pixel, by the parts of both. */
export interface CopyCount {
  readonly part: DatasetPart;
  readonly of: DatasetPart;
  readonly images: number;
}

/** What is in a data set more than once. */
export interface Copies {
  readonly counts: readonly CopyCount[];
  /** How many copies have another class than the first image that they equal. */
  readonly otherClass: number;
  /** A few copies with the first image that each equals, those of another class in front. */
  readonly examples: readonly { readonly image: ImagePlace; readonly of: ImagePlace }[];
}

/**
 * Finds images that equal an earlier one: the training images come first, then those for validation, then the test images.
 *
 * @param splitSeed which images are for validation, where the data set does not say
 */
export function findCopies(dataset: Dataset, splitSeed: number): Copies {
  const first = new Map<string, ImagePlace>();
  const counts = new Map<string, { part: DatasetPart; of: DatasetPart; images: number }>();
  const examples: { image: ImagePlace; of: ImagePlace }[] = [];
  let otherClass = 0;
  for (const { place, pixels } of imagesOf(dataset, splitSeed)) {
    const hash = createHash('sha1').update(pixels).digest('base64');
    const of = first.get(hash);
    if (of === undefined) {
      first.set(hash, place);
      continue;
    }
    const key = `${place.part} ${of.part}`;
    const count = counts.get(key) ?? { part: place.part, of: of.part, images: 0 };
    counts.set(key, { ...count, images: count.images + 1 });
    const isOther = place.label !== of.label;
    if (isOther) examples.splice(otherClass++, 0, { image: place, of });
    else examples.push({ image: place, of });
    examples.length = Math.min(examples.length, MOST_EXAMPLES);
  }
  return { counts: [...counts.values()], otherClass, examples };
}

function* imagesOf(
  dataset: Dataset,
  splitSeed: number,
): Generator<{ place: ImagePlace; pixels: Uint8Array }> {
  const { train, test, shape, pictures } = dataset;
  const size = sizeOf(shape);
  const split = splitOf(dataset, splitSeed);
  const parts = [
    { part: 'train', set: train, indices: split.train, files: pictures?.files.train },
    { part: 'validation', set: train, indices: split.validation, files: pictures?.files.train },
    { part: 'test', set: test, indices: test.labels.keys(), files: pictures?.files.test },
  ] as const;
  for (const { part, set, indices, files } of parts) {
    for (const index of indices) {
      const pixels = set.images.subarray(index * size, (index + 1) * size);
      yield { place: { part, name: files?.[index] ?? String(index), label: set.labels[index] }, pixels };
    }
  }
}
