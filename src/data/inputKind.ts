import { type Shape, sizeOf } from '../core/shape.js';
import { type InputKind, inputKindOf } from '../images/inputKind.js';
import { imageOfPixels, preprocessBytes } from '../images/preprocess.js';
import type { Dataset, ImageSet } from './dataset.js';
import type { DatasetUse } from './holdOutTest.js';

/** The input kind of a data set: the requested one, or otherwise the one detected from the pixels. */
export function datasetInputKind({ inputKind, train, test, shape }: Dataset): InputKind {
  return inputKind ?? inputKindOf(train.images.length > 0 ? train.images : test.images, shape);
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
  const normalized = new Uint8Array(images.length);
  for (let start = 0; start < images.length; start += size) {
    const image = imageOfPixels(images.subarray(start, start + size), shape);
    normalized.set(preprocessBytes(image, shape, 'digit'), start);
  }
  return { images: normalized, labels };
}
