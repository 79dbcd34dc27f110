import { UsageError } from '../../core/errors.js';
import { Random } from '../../core/random.js';
import type { Dataset, ImageSet } from '../dataset.js';
import { randomBend, randomLean } from './distort.js';
import { randomPen } from './pen.js';
import { IMAGE_SIZE, rasterize } from './raster.js';
import { SKELETONS, type Skeleton } from './skeletons.js';
import { drawStroke } from './stroke.js';

const CLASSES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const PIXELS = IMAGE_SIZE * IMAGE_SIZE;
const MAX_IMAGES = 1_000_000;

/**
 * Handwritten digits that need no files: several styles a digit, distorted at random and prepared as MNIST's
 * images are. The same seed gives the same images; asking for more of them leaves the first ones as they were. Every
 * ten images hold each digit once. Training and test images come from random streams of their own.
 * @param options.seed a whole number; its low 32 bits count
 * @param options.train how many images to train on, 1 to 1,000,000 (MNIST has 60,000)
 * @param options.test how many to test on, 1 to 1,000,000 (MNIST has 10,000)
 * @throws UsageError when a number is not a whole one or out of range
 */
export function generateDigits(options: { seed: number; train: number; test: number }): Dataset {
  const { seed, train, test } = options;
  if (!Number.isSafeInteger(seed)) {
    throw new UsageError(`digits: the seed must be a whole number, got ${seed}; use 0, for example`);
  }
  checkCount('training', train, 60_000);
  checkCount('test', test, 10_000);
  const seeds = new Random(seed);
  return {
    name: 'digits',
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
  const range = `a whole number from 1 to ${MAX_IMAGES}`;
  throw new UsageError(
    `digits: the number of ${what} images must be ${range}, got ${count}; use ${usual}, for example`,
  );
}

function generateImages(count: number, random: Random): ImageSet {
  const images = new Uint8Array(count * PIXELS);
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += CLASSES.length) {
    const last = Math.min(first + CLASSES.length, count);
    labels.set(random.permutation(CLASSES.length).subarray(0, last - first), first);
    for (let i = first; i < last; i++) {
      drawDigit(labels[i], random, images.subarray(i * PIXELS, (i + 1) * PIXELS));
    }
  }
  return { images, labels };
}

function drawDigit(digit: number, random: Random, image: Uint8Array): void {
  const { strokes } = chooseStyle(SKELETONS[digit], random);
  const lines = strokes.map((stroke) => drawStroke(stroke, random));
  const bend = randomBend(random);
  const lean = randomLean(random);
  const bent = lines.map((line) => line.map((point) => lean(bend(point))));
  rasterize(bent, randomPen(random), image);
}

function chooseStyle(styles: readonly Skeleton[], random: Random): Skeleton {
  const total = styles.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.uniform(0, total);
  return styles.find(({ weight }) => (left -= weight) < 0) ?? styles[styles.length - 1];
}
