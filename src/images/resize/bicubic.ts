import type { Size } from '../decodedImage.js';

/** How far the cubic reaches from the center of an output pixel: in output pixels or, when enlarging, in input pixels. */
const REACH = 2;
/** The cubic's parameter `a`. */
const A = -0.5;
/** Weights are multiples of 2^-22: the sum of weighted bytes fits into 32 bits. */
const FRACTION_BITS = 22;
const ONE = 2 ** FRACTION_BITS;
const HALF = ONE / 2;

/** An image of opaque pixels. */
export interface WordImage extends Size {
  /** `[height, width]`: a pixel, of which red is the lowest byte, then green and blue; see `wordsOf` */
  readonly words: Int32Array;
}

/** The part of a resized image that is wanted, in whole pixels. */
export interface Crop extends Size {
  readonly left: number;
  readonly top: number;
}

/**
 * Resizes an image and crops it, computing only the pixels inside the crop. The result is that of Pillow's `Image.resize` with the
 * filter `BICUBIC`, byte for byte: a cubic, widened when shrinking so that it covers all pixels, weights in fixed point, rows
 * first, and bytes in between. Sources: Keys, "Cubic convolution interpolation for digital image processing", IEEE Transactions on
 * Acoustics, Speech, and Signal Processing, 1981; the algorithm of Pillow's `Resample.c`.
 *
 * @param size after resizing
 * @returns `[height, width, 3]` of the crop, red, green, and blue from 0 to 255
 */
export function resizeBicubic(image: WordImage, size: Size, crop: Crop): Uint8Array {
  const columns = tapsOf(image.width, size.width, crop.left, crop.width);
  const rows = tapsOf(image.height, size.height, crop.top, crop.height);
  const firstRow = rows.starts[0];
  const lastRow = rows.starts[crop.height - 1] + rows.perOutput;
  const middle = resizeRows(image, firstRow, lastRow, columns);
  return resizeColumns(middle, firstRow, 3 * crop.width, rows);
}

/** Resizes each row from `first` to before `last`: `[last - first, columns, 3]`. */
function resizeRows(
  { width, words }: WordImage,
  first: number,
  last: number,
  { perOutput, starts, weights }: Taps,
): Uint8Array {
  const resized = new Uint8Array((last - first) * starts.length * 3);
  let to = 0;
  for (let y = first; y < last; y++) {
    for (let x = 0; x < starts.length; x++) {
      let [red, green, blue] = [HALF, HALF, HALF];
      let from = y * width + starts[x];
      const end = perOutput * (x + 1);
      for (let tap = perOutput * x; tap < end; tap++) {
        const weight = weights[tap];
        const word = words[from++];
        red = (red + Math.imul(weight, word & 0xff)) | 0;
        green = (green + Math.imul(weight, (word >> 8) & 0xff)) | 0;
        blue = (blue + Math.imul(weight, (word >> 16) & 0xff)) | 0;
      }
      resized[to++] = byteOf(red);
      resized[to++] = byteOf(green);
      resized[to++] = byteOf(blue);
    }
  }
  return resized;
}

/**
 * Resizes each column.
 *
 * @param values rows of `length` bytes, the first of which is that at position `first` of the image
 */
function resizeColumns(
  values: Uint8Array,
  first: number,
  length: number,
  { perOutput, starts, weights }: Taps,
): Uint8Array {
  const resized = new Uint8Array(starts.length * length);
  const sums = new Int32Array(length);
  for (let y = 0; y < starts.length; y++) {
    sums.fill(HALF);
    let from = (starts[y] - first) * length;
    for (let tap = perOutput * y; tap < perOutput * (y + 1); tap++) {
      const weight = weights[tap];
      for (let x = 0; x < length; x++) sums[x] += Math.imul(weight, values[from++]);
    }
    for (let x = 0; x < length; x++) resized[y * length + x] = byteOf(sums[x]);
  }
  return resized;
}

function byteOf(sum: number): number {
  return Math.min(255, Math.max(0, sum >> FRACTION_BITS));
}

/** The input pixels that contribute to each output pixel, and their weights. */
interface Taps {
  /** The number of taps of each output pixel; those that it does not need have no weight. */
  readonly perOutput: number;
  /** `[outputs]`: the position of the first input pixel */
  readonly starts: Int32Array;
  /** `[outputs, perOutput]`, in multiples of 2^-22 */
  readonly weights: Int32Array;
}

/** The taps of `count` of all output pixels, from position `first`. */
function tapsOf(inputs: number, outputs: number, first: number, count: number): Taps {
  const scale = inputs / outputs;
  const widening = 1 / Math.max(scale, 1);
  const reach = REACH * Math.max(scale, 1);
  const ranges = Array.from({ length: count }, (_, index) => {
    const center = (first + index + 0.5) * scale;
    const start = Math.max(0, Math.floor(center - reach + 0.5));
    const end = Math.min(inputs, Math.floor(center + reach + 0.5));
    return { center, start, length: end - start };
  });
  const perOutput = Math.max(...ranges.map(({ length }) => length));
  const starts = new Int32Array(count);
  const weights = new Int32Array(perOutput * count);
  ranges.forEach(({ center, start, length }, index) => {
    const cubics = Array.from({ length }, (_, tap) => cubic((start + tap - center + 0.5) * widening));
    const total = cubics.reduce((sum, weight) => sum + weight, 0);
    // No tap may be outside of the image.
    starts[index] = Math.min(start, inputs - perOutput);
    const offset = perOutput * index + start - starts[index];
    cubics.forEach((weight, tap) => (weights[offset + tap] = roundFromZero((weight / total) * ONE)));
  });
  return { perOutput, starts, weights };
}

/** Keys' cubic. */
function cubic(signed: number): number {
  const x = Math.abs(signed);
  if (x < 1) return ((A + 2) * x - (A + 3)) * x * x + 1;
  return x < REACH ? A * (((x - 5) * x + 8) * x - 4) : 0;
}

/** The nearest integer; halves are rounded away from zero. */
function roundFromZero(value: number): number {
  return Math.trunc(value + Math.sign(value) / 2);
}
