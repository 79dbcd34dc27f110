import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import type { Shape } from '../core/shape.js';
import { numberedClasses } from './classes.js';
import type { Dataset, DatasetSource, ImageSet } from './dataset.js';
import { parseIdxImages, parseIdxLabels, parseQmnistLabels } from './idx.js';
import type { IdxFile } from './idxFile.js';

/** What the files themselves do not say. */
export interface About {
  readonly name: string;
  readonly source: Omit<DatasetSource, 'sha256'>;
  /** When they are not known, there are as many as the largest label asks for, called by their numbers. */
  readonly classes?: readonly string[];
}

/** How files are to be read that are not quite as MNIST's are. */
export interface Reading {
  /** `mnist` has a byte an image, `qmnist` eight numbers. */
  readonly labels?: 'mnist' | 'qmnist';
  /** Whether rows and columns of the images are swapped. */
  readonly isTransposed?: boolean;
  /** The label of the first class. */
  readonly firstLabel?: number;
}

/**
 * Makes a data set of its four files.
 * @param files training images and labels, test images and labels
 * @throws InklingError that names the files that are malformed or do not fit together
 */
export function assemble(files: readonly IdxFile[], about: About, reading: Reading = {}): Dataset {
  const [trainImages, trainLabels, testImages, testLabels] = files;
  const train = pair(trainImages, trainLabels, reading);
  const test = pair(testImages, testLabels, reading);
  if (formatShape(train.shape) !== formatShape(test.shape)) {
    throw new InklingError(
      `${testImages.origin}: images of ${formatShape(test.shape)}, expected ${formatShape(train.shape)} as in ${trainImages.origin}`,
    );
  }
  const classes = about.classes ?? numberedClasses([train.set.labels, test.set.labels], trainLabels.origin);
  checkLabels(train.set, classes.length, trainLabels.origin);
  checkLabels(test.set, classes.length, testLabels.origin);
  const sha256 = Object.fromEntries(files.map((file) => [file.name, file.sha256]));
  return {
    name: about.name,
    source: { ...about.source, sha256 },
    shape: train.shape,
    classes,
    train: train.set,
    test: test.set,
  };
}

function pair(
  imageFile: IdxFile,
  labelFile: IdxFile,
  { labels: form = 'mnist', isTransposed = false, firstLabel = 0 }: Reading,
): { shape: Shape; set: ImageSet } {
  const { count, height, width, pixels } = parseIdxImages(imageFile.bytes, imageFile.origin);
  const parseLabels = form === 'mnist' ? parseIdxLabels : parseQmnistLabels;
  const labels = parseLabels(labelFile.bytes, labelFile.origin);
  if (labels.length !== count) {
    throw new InklingError(
      `${labelFile.origin}: ${labels.length} labels, expected ${count}, one for each image in ${imageFile.origin}`,
    );
  }
  return {
    shape: isTransposed ? [width, height, 1] : [height, width, 1],
    set: {
      images: isTransposed ? transpose(pixels, height, width) : pixels,
      // What is smaller than the first label becomes larger than any class.
      labels: firstLabel === 0 ? labels : labels.map((label) => label - firstLabel),
    },
  };
}

/** Swaps rows and columns of each image. */
function transpose(pixels: Uint8Array, height: number, width: number): Uint8Array {
  const swapped = new Uint8Array(pixels.length);
  for (let start = 0; start < pixels.length; start += height * width) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) swapped[start + x * height + y] = pixels[start + y * width + x];
    }
  }
  return swapped;
}

function checkLabels({ labels }: ImageSet, classCount: number, file: string): void {
  const index = labels.findIndex((label) => label >= classCount);
  if (index === -1) return;
  throw new InklingError(
    `${file}: label ${labels[index]} of image ${index}, expected 0 to ${classCount - 1}`,
  );
}
