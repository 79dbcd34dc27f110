import { type Shape, sizeOf } from '../core/shape.js';
import { type InputKind, kindOfImages } from '../images/inputKind.js';
import { imageOfPixels, preprocessBytes } from '../images/preprocess.js';
import type { Dataset, ImageSet } from './dataset.js';
import type { DatasetUse } from './holdOutTest.js';
import { pixelsOf } from './imageSet.js';

/** The input kind of a data set: the requested one, or otherwise the one detected from the pixels. */
export function datasetInputKind({ inputKind, train, test, shape }: Dataset): InputKind {
  const { images, labels } = train.labels.length > 0 ? train : test;
  return inputKind ?? kindOfImages(labels.length, (image) => pixelsOf(images, sizeOf(shape), image), shape);
}

/**
 * Normalizes the images of a data set like MNIST's digits, as for predictions, unless they are normalized already; for evaluation,
 * only the test images.
 */
export function normalizeDataset(dataset: Dataset, use: DatasetUse): Dataset {
  const { train, test, shape } = dataset;
  if (datasetInputKind({ ...dataset, inputKind: undefined }) === 'digit') return dataset;
  return {
    ...dataset,
    train: use === 'evaluation' ? train : normalizeSet(train, shape),
    test: normalizeSet(test, shape),
  };
}

function normalizeSet({ images, labels }: ImageSet, shape: Shape): ImageSet {
  const size = sizeOf(shape);
  const normalized = new Uint8Array(labels.length * size);
  labels.forEach((_, index) => {
    const image = imageOfPixels(pixelsOf(images, size, index), shape);
    normalized.set(preprocessBytes(image, shape, 'digit'), index * size);
  });
  return { images: normalized, labels };
}
