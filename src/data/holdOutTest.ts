import { formatPlural } from '../core/format.js';
import { Random } from '../core/random.js';
import { sizeOf } from '../core/shape.js';
import type { Dataset, ImageSet } from './dataset.js';
import { pickImages } from './imageSet.js';
import type { Labels } from './classes.js';

/** The share of each class that is held out, and the seed that selects the images. */
const TEST_SHARE = 0.2;
const TEST_SEED = 0;

/** What a data set can be loaded for. */
export const DATASET_USES = ['training', 'evaluation'] as const;

/** What a data set is loaded for. */
export type DatasetUse = (typeof DATASET_USES)[number];

/**
 * Gives test images to a data set without any: for training, a fifth of each class is held out; for evaluation, all images
 * are test images. Validation images that the data set defines are not held out.
 */
export function withTestImages(dataset: Dataset, use: DatasetUse): Dataset {
  const { train, test, classes, validationCount = 0 } = dataset;
  if (test.labels.length > 0 || train.labels.length === 0) return dataset;
  if (use === 'evaluation') return withAllTested(dataset);
  const trainCount = train.labels.length - validationCount;
  const isTest = chooseTest(train.labels.subarray(0, trainCount), classes.length);
  const kept = [...train.labels.keys()].filter((image) => isTest.at(image) !== 1);
  const heldOut = [...isTest.keys()].filter((image) => isTest[image] === 1);
  const note = `no test set: held out ${TEST_SHARE * 100} % of each class, ${formatPlural(heldOut.length, 'image')}, chosen with seed ${TEST_SEED}`;
  return withParts(dataset, Uint32Array.from(kept), Uint32Array.from(heldOut), note);
}

function withAllTested(dataset: Dataset): Dataset {
  const all = Uint32Array.from(dataset.train.labels.keys());
  return withParts(
    { ...dataset, validationCount: undefined },
    new Uint32Array(),
    all,
    `no test set: all ${formatPlural(all.length, 'image')} are test images`,
  );
}

/**
 * Chooses test images, stratified by class: a fifth of each class, but at least one image of a class with two or more. Each
 * class is sampled independently, so that adding images to one class does not change the selection in the others.
 *
 * @returns 1 for each test image, 0 for the others
 */
export function chooseTest(labels: Labels, classes: number): Uint8Array {
  const isTest = new Uint8Array(labels.length);
  for (let label = 0; label < classes; label++) {
    const images = [...labels.keys()].filter((image) => labels[image] === label);
    const count = images.length < 2 ? 0 : Math.max(1, Math.round(images.length * TEST_SHARE));
    const order = new Random(TEST_SEED).permutation(images.length);
    for (const position of order.subarray(0, count)) isTest[images[position]] = 1;
  }
  return isTest;
}

/** Divides the training images into training and test images, and prepends a note. */
function withParts(dataset: Dataset, train: Uint32Array, test: Uint32Array, note: string): Dataset {
  const pick = (indices: Uint32Array): ImageSet => pickImages(dataset.train, indices, sizeOf(dataset.shape));
  const { source, imageFiles } = dataset;
  const pickFiles = (indices: Uint32Array) =>
    Array.from(indices, (index) => imageFiles?.files.train[index] ?? '');
  return {
    ...dataset,
    source: { ...source, notes: [note, ...(source.notes ?? [])] },
    train: pick(train),
    test: pick(test),
    ...(imageFiles && {
      imageFiles: { ...imageFiles, files: { train: pickFiles(train), test: pickFiles(test) } },
    }),
  };
}
