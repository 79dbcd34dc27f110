import type { Shape } from '../../core/shape.js';
import type { Augmentation } from '../../plan/augmentation.js';
import { Draws } from './lib/draws.js';
import { imageMapOf } from './lib/imageMap.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';
import { boxOf, mixtureOf } from './lib/mixture.js';
import { elementIndices } from './lib/indices.js';

const LARGEST_BYTE = 255;
/** Places between pixels are rounded to such parts of one: the mean of four bytes is then exact in float32. */
const PARTS = 256;

/** A value of an image, from 0 to 1. */
type Picture = (row: number, column: number, channel: number) => number;

/**
 * As `gatherImages`, but that each image is changed at random, mixed with the next of the batch, likewise changed, and a
 * square of it is wiped out. `partners` are the other image's labels, `partnerShares` what part of the image it is.
 */
export const augmentImages: ReferenceKernel<'augmentImages'> = (
  { reads, writes, augmentation },
  memory,
  plan,
) => {
  const images = memory.bytes(reads.images);
  const labels = memory.bytes(reads.labels);
  const order = memory.ints(reads.order);
  const output = memory.floats(writes.output);
  const targets = memory.ints(writes.targets);
  const partners = memory.ints(writes.partners);
  const partnerShares = memory.floats(writes.partnerShares);
  const { shape } = writes.output;
  const [, width, channels] = shape;
  const to = elementIndices(writes.output);
  const stepValue = stepReader(memory, plan);
  const { erase } = augmentation;

  return (_task, begin, end, step) => {
    const count = stepValue(step, 'count');
    const imageOf = (item: number) => order[stepValue(step, 'first') + item];
    const drawsOf = (item: number) => new Draws(stepValue(step, 'augmentSeed'), item);
    const changed = (item: number): Picture => {
      const bytes = images.subarray(imageOf(item) * to.size, (imageOf(item) + 1) * to.size);
      const shown = placed(bytes, shape, augmentation, drawsOf(item));
      return shaded(shown, bytes, augmentation, drawsOf(item));
    };
    for (let item = begin; item < end; item++) {
      const draws = drawsOf(item);
      const partner = (item + 1) % count;
      const [own, other] = [changed(item), changed(partner)];
      const mixture = mixtureOf(augmentation, shape, draws);
      const wiped = boxOf([erase, erase], [draws.share('eraseDown'), draws.share('eraseRight')], shape);
      for (let e = 0; e < to.size; e++) {
        const pixel = Math.floor(e / channels);
        const [row, column, channel] = [Math.floor(pixel / width), pixel % width, e % channels];
        const share = mixture.shareAt(row, column);
        const value = (1 - share) * own(row, column, channel) + share * other(row, column, channel);
        output[to.of(item, e)] = wiped.holds(row, column) ? 0 : value;
      }
      targets[item] = labels[imageOf(item)];
      partners[item] = labels[imageOf(partner)];
      partnerShares[item] = mixture.share;
    }
  };
};

/** An image moved and bent: a place between pixels has their weighted mean. */
function placed(bytes: Uint8Array, shape: Shape, augmentation: Augmentation, draws: Draws): Picture {
  const [height, width, channels] = shape;
  const map = imageMapOf(augmentation, shape, draws);
  const seen = augmentation.border === 'reflect' ? reflected : (place: number) => place;
  const byteAt: Picture = (row, column, channel) => {
    const [y, x] = [seen(row, height), seen(column, width)];
    const isInside = y >= 0 && y < height && x >= 0 && x < width;
    return isInside ? bytes[(y * width + x) * channels + channel] : 0;
  };
  return (outputRow, outputColumn, channel) => {
    const place = map(outputRow, outputColumn);
    const [row, column] = place.map((value) => Math.floor(value * PARTS + 0.5) / PARTS);
    const [top, left] = [Math.floor(row), Math.floor(column)];
    const [below, after] = [row - top, column - left];
    const mean = (y: number) => (1 - after) * byteAt(y, left, channel) + after * byteAt(y, left + 1, channel);
    return ((1 - below) * mean(top) + below * mean(top + 1)) / LARGEST_BYTE;
  };
}

/** Brightness is a factor, contrast one of the distance from the image's mean, as torchvision has them. */
function shaded(shown: Picture, bytes: Uint8Array, augmentation: Augmentation, draws: Draws): Picture {
  const bright = 1 + augmentation.brightness * draws.signed('brightness');
  const strong = 1 + augmentation.contrast * draws.signed('contrast');
  const mean = bytes.reduce((sum, byte) => sum + byte, 0) / (LARGEST_BYTE * bytes.length);
  return (...place) => {
    const value = strong * bright * shown(...place) + (1 - strong) * bright * mean;
    return Math.max(0, Math.min(1, value));
  };
}

/** The place that a mirror in the outermost pixels shows, however far outside. */
function reflected(place: number, size: number): number {
  const period = Math.max(1, 2 * (size - 1));
  const within = ((place % period) + period) % period;
  return Math.min(within, period - within);
}
