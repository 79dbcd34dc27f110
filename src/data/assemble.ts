import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import type { Shape } from '../core/shape.js';
import type { Dataset, DatasetSource, ImageSet } from './dataset.js';
import { parseIdxImages, parseIdxLabels } from './idx.js';
import type { IdxFile } from './idxFile.js';

/** What the files themselves do not say. */
export interface About {
  readonly name: string;
  readonly source: Omit<DatasetSource, 'sha256'>;
  /** When they are not known, there are as many as the largest label asks for, called by their numbers. */
  readonly classes?: readonly string[];
}

/**
 * Makes a data set of its four files.
 * @param files in the order of `idxFileNames`
 * @throws InklingError that names the files that are malformed or do not fit together
 */
export function assemble(files: readonly IdxFile[], about: About): Dataset {
  const [trainImages, trainLabels, testImages, testLabels] = files;
  const train = pair(trainImages, trainLabels);
  const test = pair(testImages, testLabels);
  if (formatShape(train.shape) !== formatShape(test.shape)) {
    throw new InklingError(
      `${testImages.origin}: images of ${formatShape(test.shape)}, expected ${formatShape(train.shape)} as in ${trainImages.origin}`,
    );
  }
  const classes = about.classes ?? numberedClasses(train.set, test.set, trainLabels.origin);
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

function pair(imageFile: IdxFile, labelFile: IdxFile): { shape: Shape; set: ImageSet } {
  const { count, height, width, pixels } = parseIdxImages(imageFile.bytes, imageFile.origin);
  const labels = parseIdxLabels(labelFile.bytes, labelFile.origin);
  if (labels.length !== count) {
    throw new InklingError(
      `${labelFile.origin}: ${labels.length} labels, expected ${count}, one for each image in ${imageFile.origin}`,
    );
  }
  return { shape: [height, width, 1], set: { images: pixels, labels } };
}

function numberedClasses(train: ImageSet, test: ImageSet, file: string): string[] {
  const largest = [train, test].reduce((max, { labels }) => labels.reduce((a, b) => Math.max(a, b), max), 0);
  if (largest === 0) throw new InklingError(`${file}: every label is 0, expected at least two classes`);
  return Array.from({ length: largest + 1 }, (_, i) => String(i));
}

function checkLabels({ labels }: ImageSet, classCount: number, file: string): void {
  const index = labels.findIndex((label) => label >= classCount);
  if (index === -1) return;
  throw new InklingError(
    `${file}: label ${labels[index]} of image ${index}, expected 0 to ${classCount - 1}`,
  );
}
