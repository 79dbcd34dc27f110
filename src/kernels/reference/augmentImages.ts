import type { Shape } from '../../core/shape.js';
import type { Augmentation } from '../../plan/augmentation.js';
import { adjustHue, adjustSaturation, clamp, type Color } from './lib/colors.js';
import { Draws } from './lib/draws.js';
import { imageMapOf } from './lib/imageMap.js';
import { type ReferenceKernel, stepReader } from './lib/kernel.js';
import { boxOf, mixtureOf } from './lib/mixture.js';
import { elementIndices } from './lib/indices.js';
import { randAugment } from './lib/randAugment.js';

const MAX_BYTE = 255;
/** Positions are rounded to such fractions of a pixel, so that the weighted mean of four bytes is exact in float32. */
const SUBPIXELS = 256;

/** The values of an image, from 0 to 1. */
type PixelValues = (row: number, column: number, channel: number) => number;

/**
 * Like `imagesToFloats`, but each image is changed at random, mixed with the next image of the batch (changed likewise), and a square
 * of it is erased. `partners` are the labels of the other images, `partnerShares` their shares of the mixed images.
 */
export const augmentImages: ReferenceKernel<'augmentImages'> = (
  { reads, writes, augmentation },
  memory,
  plan,
) => {
  const images = memory.bytes(reads.images);
  const labels = memory.ints(reads.labels);
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
    const imageOf = (item: number) => stepValue(step, 'first') + item;
    const drawsOf = (item: number) => new Draws(stepValue(step, 'augmentSeed'), item);
    const changed = (item: number): PixelValues => {
      const bytes = images.subarray(imageOf(item) * to.size, (imageOf(item) + 1) * to.size);
      const image = warped(bytes, shape, augmentation, drawsOf(item));
      return adjusted(image, bytes, shape, augmentation, drawsOf(item));
    };
    for (let item = begin; item < end; item++) {
      const draws = drawsOf(item);
      const partner = (item + 1) % count;
      const [own, other] = [changed(item), changed(partner)];
      const mixture = mixtureOf(augmentation, shape, draws);
      const erased = boxOf([erase, erase], [draws.share('eraseDown'), draws.share('eraseRight')], shape);
      for (let e = 0; e < to.size; e++) {
        const pixel = Math.floor(e / channels);
        const [row, column, channel] = [Math.floor(pixel / width), pixel % width, e % channels];
        const share = mixture.shareAt(row, column);
        const value = (1 - share) * own(row, column, channel) + share * other(row, column, channel);
        output[to.of(item, e)] = erased.contains(row, column) ? 0 : value;
      }
      targets[item] = labels[imageOf(item)];
      partners[item] = labels[imageOf(partner)];
      partnerShares[item] = mixture.share;
    }
  };
};

/** Resamples an image by its map, with bilinear interpolation. */
function warped(bytes: Uint8Array, shape: Shape, augmentation: Augmentation, draws: Draws): PixelValues {
  const [height, width, channels] = shape;
  const map = imageMapOf(augmentation, shape, draws);
  const insideOf = augmentation.border === 'reflect' ? reflected : (position: number) => position;
  const byteAt: PixelValues = (row, column, channel) => {
    const [y, x] = [insideOf(row, height), insideOf(column, width)];
    const isInside = y >= 0 && y < height && x >= 0 && x < width;
    return isInside ? bytes[(y * width + x) * channels + channel] : 0;
  };
  return (outputRow, outputColumn, channel) => {
    const position = map(outputRow, outputColumn);
    const [row, column] = position.map((value) => Math.floor(value * SUBPIXELS + 0.5) / SUBPIXELS);
    const [top, left] = [Math.floor(row), Math.floor(column)];
    const [below, after] = [row - top, column - left];
    const mean = (y: number) => (1 - after) * byteAt(y, left, channel) + after * byteAt(y, left + 1, channel);
    return ((1 - below) * mean(top) + below * mean(top + 1)) / MAX_BYTE;
  };
}

/**
 * Adjusts brightness, a factor, and contrast, a factor of the distance from the image's mean, as in torchvision, inverts values from a
 * threshold on, and adjusts saturation and hue, of color images only.
 */
function adjusted(
  image: PixelValues,
  bytes: Uint8Array,
  shape: Shape,
  augmentation: Augmentation,
  draws: Draws,
): PixelValues {
  const changes = randAugment(augmentation, shape, draws);
  const brightness = (1 + augmentation.brightness * draws.signed('brightness')) * changes.brightness;
  const contrast = (1 + augmentation.contrast * draws.signed('contrast')) * changes.contrast;
  const saturation = (1 + augmentation.saturation * draws.signed('saturation')) * changes.saturation;
  const hue = augmentation.hue * draws.signed('hue');
  const mean = bytes.reduce((sum, byte) => sum + byte, 0) / (MAX_BYTE * bytes.length);
  const intensity: PixelValues = (...position) => {
    const value = clamp(contrast * brightness * image(...position) + (1 - contrast) * brightness * mean);
    return value >= changes.solarizeFrom ? 1 - value : value;
  };
  if (shape[2] !== 3) return intensity;
  return (row, column, channel) => {
    const color: Color = [0, 1, 2].map((each) => intensity(row, column, each)) as [number, number, number];
    return adjustHue(adjustSaturation(color, saturation), hue)[channel];
  };
}

/** Reflects a position at the outermost pixels, however far outside it is. */
function reflected(position: number, size: number): number {
  const period = Math.max(1, 2 * (size - 1));
  const within = ((position % period) + period) % period;
  return Math.min(within, period - within);
}
