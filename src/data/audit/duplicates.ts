import { areEqual } from '../../core/arrays.js';
import { crc32 } from '../../core/checksum.js';
import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../dataset.js';
import { pixelsOf } from '../imageSet.js';
import type { DatasetPart } from '../parts.js';
import { splitOf } from '../split.js';

/** The maximum number of duplicates listed individually. */
const MAX_EXAMPLES = 5;

/** An image of a data set. */
export interface ImageLocation {
  readonly part: DatasetPart;
  /** The image's file name, or else its index among the training images (including validation) or the test images. */
  readonly name: string;
  readonly label: number;
}

/** The number of images in one part that are identical to an earlier image in another part, or the same one. */
export interface DuplicateCount {
  readonly part: DatasetPart;
  readonly of: DatasetPart;
  readonly images: number;
}

/** The duplicates in a data set. */
export interface Duplicates {
  readonly counts: readonly DuplicateCount[];
  /** The number of duplicates labeled differently from the first identical image. */
  readonly otherClass: number;
  /** Some duplicates with the first image each is identical to, those with different labels first. */
  readonly examples: readonly { readonly image: ImageLocation; readonly of: ImageLocation }[];
}

/**
 * Finds images that are identical, pixel by pixel, to an earlier image in the order training, validation, test.
 *
 * @param splitSeed selects the validation images, unless the data set defines them
 */
export function findDuplicates(dataset: Dataset, splitSeed: number): Duplicates {
  const seen = new Map<number, IndexedImage[]>();
  const counts = new Map<string, { part: DatasetPart; of: DatasetPart; images: number }>();
  const examples: { image: ImageLocation; of: ImageLocation }[] = [];
  let otherClass = 0;
  for (const each of imagesOf(dataset, splitSeed)) {
    const { image } = each;
    const pixels = each.pixels();
    const hash = crc32(pixels);
    const candidates = seen.get(hash) ?? [];
    const of = candidates.find((candidate) => areEqual(candidate.pixels(), pixels))?.image;
    if (of === undefined) {
      seen.set(hash, [...candidates, each]);
      continue;
    }
    const key = `${image.part} ${of.part}`;
    const count = counts.get(key) ?? { part: image.part, of: of.part, images: 0 };
    counts.set(key, { ...count, images: count.images + 1 });
    if (image.label !== of.label) examples.splice(otherClass++, 0, { image, of });
    else examples.push({ image, of });
    examples.length = Math.min(examples.length, MAX_EXAMPLES);
  }
  return { counts: [...counts.values()], otherClass, examples };
}

interface IndexedImage {
  readonly image: ImageLocation;
  /** Reads the pixels, of which not all may fit into memory. */
  readonly pixels: () => Uint8Array;
}

function* imagesOf(dataset: Dataset, splitSeed: number): Generator<IndexedImage> {
  const { train, test, shape, imageFiles } = dataset;
  const size = sizeOf(shape);
  const split = splitOf(dataset, splitSeed);
  const parts = [
    { part: 'train', set: train, indices: split.train, files: imageFiles?.files.train },
    { part: 'validation', set: train, indices: split.validation, files: imageFiles?.files.train },
    { part: 'test', set: test, indices: test.labels.keys(), files: imageFiles?.files.test },
  ] as const;
  for (const { part, set, indices, files } of parts) {
    for (const index of indices) {
      const image = { part, name: files?.[index] ?? String(index), label: set.labels[index] };
      yield { image, pixels: () => pixelsOf(set.images, size, index) };
    }
  }
}
