import { checkOptions } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { UsageError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { Random } from '../../core/random.js';
import type { LoadedDataset, LoadedImageSet } from '../dataset.js';
import { randomAffineDistortion, randomElasticDistortion } from './distort.js';
import { randomPen } from './pen.js';
import { IMAGE_SIZE, rasterize } from './raster.js';
import { SKELETONS, type Skeleton } from './skeletons.js';
import { drawStroke } from './stroke.js';

/** The name of the generated data set, which is always available. */
export const BUILT_IN_DATASET = 'digits';

const CLASSES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
const MAX_IMAGES = 1_000_000;

const OPTIONS = { seed: kinds.anything, train: kinds.anything, test: kinds.anything } as const;

/**
 * Generates synthetic handwritten digits: several styles per digit, distorted at random and normalized like MNIST's images.
 * The same seed gives the same images, and the first images do not depend on how many are generated. Every ten images contain
 * each digit once. Training and test images come from separate random streams.
 *
 * @param options.seed a whole number, of which the low 32 bits are used
 * @param options.train the number of training images, 1 to 1,000,000 (MNIST has 60,000)
 * @param options.test the number of test images, 1 to 1,000,000 (MNIST has 10,000)
 * @throws {UsageError} when a number is not a whole number or out of range
 */
export function generateDigits(options: { seed: number; train: number; test: number }): LoadedDataset {
  checkOptions('generateDigits', options, OPTIONS, '{ seed: 0, train: 2000, test: 500 }');
  const { seed, train, test } = options;
  if (!Number.isSafeInteger(seed)) {
    throw new UsageError(`digits: expected a whole number as seed, got ${seed}; use 0, for example`);
  }
  checkCount('training', train, 60_000);
  checkCount('test', test, 10_000);
  const seeds = new Random(seed);
  return {
    name: BUILT_IN_DATASET,
    source: {
      kind: 'generated',
      location: `generated handwriting, seed ${seed}`,
      verified: false,
      sha256: {},
    },
    shape: [IMAGE_SIZE, IMAGE_SIZE, 1],
    classes: CLASSES,
    train: generateImages(train, new Random(seeds.uint32())),
    test: generateImages(test, new Random(seeds.uint32())),
  };
}

function checkCount(what: string, count: number, usual: number): void {
  if (Number.isInteger(count) && count >= 1 && count <= MAX_IMAGES) return;
  const range = `a whole number from 1 to ${formatCount(MAX_IMAGES)}`;
  throw new UsageError(`digits: expected ${range} ${what} images, got ${count}; use ${usual}, for example`);
}

function generateImages(count: number, random: Random): LoadedImageSet {
  const images = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += CLASSES.length) {
    const last = Math.min(first + CLASSES.length, count);
    labels.set(random.permutation(CLASSES.length).subarray(0, last - first), first);
    for (let i = first; i < last; i++) {
      drawSkeleton(SKELETONS[labels[i]], random, images.subarray(i * PIXELS, (i + 1) * PIXELS));
    }
  }
  return { images, labels };
}

/**
 * Draws one of several skeletons in random handwriting, normalized like MNIST's images.
 *
 * @param image `[28, 28]`, all 0
 */
export function drawSkeleton(styles: readonly Skeleton[], random: Random, image: Uint8Array): void {
  const { strokes } = chooseStyle(styles, random);
  const lines = strokes.map((stroke) => drawStroke(stroke, random));
  const elastic = randomElasticDistortion(random);
  const affine = randomAffineDistortion(random);
  const distorted = lines.map((line) => line.map((point) => affine(elastic(point))));
  rasterize(distorted, randomPen(random), image);
}

function chooseStyle(styles: readonly Skeleton[], random: Random): Skeleton {
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.uniform(0, total);
  return styles.find(({ weight }) => (left -= weight) < 0) ?? styles[styles.length - 1];
}
