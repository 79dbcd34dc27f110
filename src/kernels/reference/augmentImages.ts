import { Draws } from './draws.js';
import { imageMapOf } from './imageMap.js';
import { type ReferenceKernel, stepReader } from './kernel.js';
import { placesOf } from './places.js';

const LARGEST_BYTE = 255;
/** Places between pixels are rounded to such parts of one: the mean of four bytes is then exact in float32. */
const PARTS = 256;

/** As `gatherImages`, but that each image is changed at random; a place between pixels has their weighted mean. */
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
  const { shape } = writes.output;
  const [height, width, channels] = shape;
  const to = placesOf(writes.output);
  const stepValue = stepReader(memory, plan);

  const outside = augmentation.border === 'reflect' ? reflected : undefined;
  const byteOf = (image: number, row: number, column: number, channel: number): number => {
    const y = outside?.(row, height) ?? row;
    const x = outside?.(column, width) ?? column;
    if (y < 0 || y >= height || x < 0 || x >= width) return 0;
    return images[((image * height + y) * width + x) * channels + channel];
  };

  return (_task, begin, end, step) => {
    for (let item = begin; item < end; item++) {
      const image = order[stepValue(step, 'first') + item];
      const map = imageMapOf(augmentation, shape, new Draws(stepValue(step, 'augmentSeed'), item));
      for (let e = 0; e < to.size; e++) {
        const pixel = Math.floor(e / channels);
        const place = map(Math.floor(pixel / width), pixel % width);
        const [row, column] = place.map((value) => Math.floor(value * PARTS + 0.5) / PARTS);
        const [top, left] = [Math.floor(row), Math.floor(column)];
        const mean = (y: number) =>
          (1 - (column - left)) * byteOf(image, y, left, e % channels) +
          (column - left) * byteOf(image, y, left + 1, e % channels);
        const byte = (1 - (row - top)) * mean(top) + (row - top) * mean(top + 1);
        output[to.of(item, e)] = byte / LARGEST_BYTE;
      }
      targets[item] = labels[image];
    }
  };
};

/** The place that a mirror in the outermost pixels shows, however far outside. */
function reflected(place: number, size: number): number {
  const period = Math.max(1, 2 * (size - 1));
  const within = ((place % period) + period) % period;
  return Math.min(within, period - within);
}
