import { toUnitFloats } from '../../dist/core/pixels.js';
import { Random } from '../../dist/core/random.js';
import { generateDigits } from '../../dist/data/digits/generateDigits.js';
import { pickImages } from '../../dist/data/imageSet.js';
import { loadDataset } from '../../dist/data/load.js';
import { splitOf } from '../../dist/data/split.js';
import { drawGlyph } from './glyphs.js';
import { drawPrintedDigit } from './printed.js';
import { drawShape } from './shapes.js';
import { drawSpoiledDigit } from './spoiled.js';
import { drawTexture } from './textures.js';
import { turnDigit, varyDigit } from './varied.js';

/** The split of the bundled pretrained model, whose validation images remain unseen. */
const SPLIT_SEED = 42;
const PIXELS = 28 * 28;
/** How often each of MNIST's images is varied. */
const VARIATIONS = 4;
/** The label of what is no digit. */
export const NONE = 10;

/** MNIST's training images without the validation images. */
export async function readDigits() {
  const mnist = await loadDataset({ name: 'mnist', environment: process.env });
  return pickImages(mnist.train, splitOf(mnist, SPLIT_SEED).train, PIXELS);
}

/** The images that train the detector, `[count, 28, 28]`, in sets with labels: digits, and what is no digit. */
export function trainingSets(digits) {
  const { length } = digits.labels;
  const original = (i) => digits.images.subarray((i % length) * PIXELS, ((i % length) + 1) * PIXELS);
  return [
    digits,
    drawSet(
      VARIATIONS * length,
      14,
      (random, image, i) => varyDigit(original(i), random, image),
      (i) => digits.labels[i % length],
    ),
    generateDigits({ seed: 5, train: 20_000, test: 1 }).train,
    drawSet(
      15_000,
      12,
      (random, image, i) => drawPrintedDigit(i % 10, random, image),
      (i) => i % 10,
    ),
    drawSet(100_000, 11, drawShape),
    drawSet(300_000, 21, drawGlyph),
    drawSet(40_000, 22, drawSpoiledDigit),
    drawSet(16_000, 13, (random, image) => turnDigit(digits, random, image)),
    drawSet(10_000, 15, drawTexture),
  ];
}

function drawSet(count, seed, drawImage, labelOf = () => NONE) {
  const random = new Random(seed);
  const images = new Uint8Array(count * PIXELS);
  for (let i = 0; i < count; i++) drawImage(random, images.subarray(i * PIXELS, (i + 1) * PIXELS), i);
  return { images, labels: Uint8Array.from({ length: count }, (_, i) => labelOf(i)) };
}

/** The pixels of each image of a set, from 0 to 1. */
export function* pixelsOf({ images, labels }) {
  for (let i = 0; i < labels.length; i++) yield toUnitFloats(images.subarray(i * PIXELS, (i + 1) * PIXELS));
}
