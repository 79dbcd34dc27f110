import { InklingError } from '../../core/errors.js';
import { formatShape } from '../../core/shape.js';
import type { Shape } from '../../core/shape.js';
import type { Dataset, DatasetInfo, ImageSet, LoadedImageSet } from '../dataset.js';
import type { DatasetFile } from '../files/datasetFile.js';
import { describePixels, type LabeledImages } from '../labeledImages.js';
import { parseIdxLabels, parseIdxPair, parseQmnistLabels } from './parseIdx.js';

/** The names of the files of an IDX data set: training images and labels, test images and labels. */
export const IDX_FILE_NAMES: readonly string[] = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

/** How the files differ from MNIST's. */
export interface IdxVariant {
  /** `mnist` has one byte per image, `qmnist` eight integers. */
  readonly labels?: 'mnist' | 'qmnist';
  /** Whether the rows and columns of the images are swapped. */
  readonly isTransposed?: boolean;
  /** The label of the first class. */
  readonly firstLabel?: number;
}

/**
 * Makes a data set from four IDX files.
 *
 * @param files training images and labels, test images and labels
 * @throws {InklingError} that names the files that are malformed or inconsistent
 */
export function idxDataset(
  files: readonly DatasetFile[],
  info: DatasetInfo,
  variant: IdxVariant = {},
): Dataset {
  const [trainImages, trainLabels, testImages, testLabels] = files;
  const train = imageSetOf(trainImages, trainLabels, variant);
  const test = imageSetOf(testImages, testLabels, variant);
  if (formatShape(train.shape) !== formatShape(test.shape)) {
    throw new InklingError(
      `${testImages.origin}: images of ${formatShape(test.shape)}, expected ${formatShape(train.shape)} as in ${trainImages.origin}`,
    );
  }
  const { classes } = info;
  checkLabels(train.set, classes.length, trainLabels.origin);
  checkLabels(test.set, classes.length, testLabels.origin);
  const sha256 = Object.fromEntries(files.map((file) => [file.name, file.sha256]));
  return {
    name: info.name,
    source: { ...info.source, sha256 },
    shape: train.shape,
    classes,
    train: train.set,
    test: test.set,
  };
}

/** The images of a pair of IDX files with unknown classes: each label is the name of its class. */
export function idxImages(imageFile: DatasetFile, labelFile: DatasetFile): LabeledImages {
  const { shape, set } = imageSetOf(imageFile, labelFile, {});
  return {
    pixels: set.images,
    shape,
    labels: Array.from(set.labels, String),
    interpretation: `read as IDX files of ${describePixels(shape)} images`,
  };
}

function imageSetOf(
  imageFile: DatasetFile,
  labelFile: DatasetFile,
  { labels: labelFormat = 'mnist', isTransposed = false, firstLabel = 0 }: IdxVariant,
): { shape: Shape; set: LoadedImageSet } {
  const parseLabels = labelFormat === 'mnist' ? parseIdxLabels : parseQmnistLabels;
  const { height, width, pixels, labels } = parseIdxPair(imageFile, labelFile, parseLabels);
  return {
    shape: isTransposed ? [width, height, 1] : [height, width, 1],
    set: {
      images: isTransposed ? transpose(pixels, height, width) : pixels,
      // Labels below the first one wrap around and become larger than any class.
      labels: firstLabel === 0 ? labels : labels.map((label) => label - firstLabel),
    },
  };
}

/** Swaps the rows and columns of each image. */
function transpose(pixels: Uint8Array, height: number, width: number): Uint8Array {
  const transposed = new Uint8Array(pixels.length);
  for (let start = 0; start < pixels.length; start += height * width) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) transposed[start + x * height + y] = pixels[start + y * width + x];
    }
  }
  return transposed;
}

function checkLabels({ labels }: ImageSet, classCount: number, file: string): void {
  const index = labels.findIndex((label) => label >= classCount);
  if (index === -1) return;
  throw new InklingError(
    `${file}: label ${labels[index]} of image ${index}, expected 0 to ${classCount - 1}`,
  );
}
