import type { Plane } from '../decodedImage.js';

/** The bits of an infinite value, which are above those of all others. */
const INFINITY_BITS = 0x7f800000;

/**
 * Grayscale closing with a square: fills what is darker than its surroundings and too narrow to contain the square, and keeps
 * all else, sharp edges included. Pixels outside the plane are ignored.
 *
 * @param plane without negative values
 * @param side of the square in pixels, odd
 */
export function closing({ width, height, values }: Plane, side: number): Plane {
  // The bits of values that are not negative have the same order as the values, and comparing them takes less time.
  const bits = new Int32Array(values.slice().buffer);
  const rows = new Int32Array(bits.length);
  // The maximum in a square is that of the maxima of its rows, in any order.
  dilateRows(bits, rows, width, side);
  dilateColumns(rows, bits, width, side);
  invert(bits);
  dilateColumns(bits, rows, width, side);
  dilateRows(rows, bits, width, side);
  invert(bits);
  return { width, height, values: new Float32Array(bits.buffer) };
}

/** Reverses the order of values: the minimum is where the maximum was. */
function invert(bits: Int32Array): void {
  for (let i = 0; i < bits.length; i++) bits[i] = INFINITY_BITS - bits[i];
}

/**
 * Writes the maximum of each value and those in its row at most `(side - 1) / 2` away. Rows are divided into blocks as long as the
 * window: a window is the end of one block and the start of the next. Source: M. van Herk, "A fast algorithm for local minimum
 * and maximum filters on rectangular and octagonal kernels", Pattern Recognition Letters 13 (1992).
 *
 * @param from not negative
 * @param side of the window, odd
 */
function dilateRows(from: Int32Array, to: Int32Array, width: number, side: number): void {
  const reach = (side - 1) / 2;
  // The maxima from each position to the end of a block.
  const until = new Int32Array(side);
  for (let start = 0; start < from.length; start += width) {
    for (let block = 0; block < width; block += side) {
      const offset = start + block - reach;
      const first = Math.max(0, reach - block);
      let last = Math.min(side, width - block + reach) - 1;
      until.fill(0, last + 1);
      for (let maximum = 0; last >= first; last--) {
        maximum = maxOf(maximum, from[offset + last]);
        until[last] = maximum;
      }
      until.fill(until[first], 0, first);
      const end = Math.min(side, width - block);
      const inside = width - block + reach - side;
      for (let i = 0, since = 0; i < end; i++) {
        to[start + block + i] = maxOf(until[i], since);
        if (i < inside) since = maxOf(since, from[offset + side + i]);
      }
    }
  }
}

/** The same within columns. All columns advance together, which accesses memory in sequence. */
function dilateColumns(from: Int32Array, to: Int32Array, width: number, side: number): void {
  const height = from.length / width;
  const reach = (side - 1) / 2;
  const until = new Int32Array(side * width);
  const since = new Int32Array(width);
  for (let block = 0; block < height; block += side) {
    since.fill(0);
    for (let i = side - 1; i >= 0; i--) {
      const [row, at] = [block - reach + i, i * width];
      if (row < 0 || row >= height) until.set(since, at);
      else {
        for (let x = 0, start = row * width; x < width; x++) {
          until[at + x] = since[x] = maxOf(since[x], from[start + x]);
        }
      }
    }
    since.fill(0);
    const end = Math.min(side, height - block);
    for (let i = 0; i < end; i++) {
      const [start, rest] = [(block + i) * width, i * width];
      // After the last row, a row that was taken into account already changes nothing.
      const next = Math.min(height - 1, block - reach + side + i) * width;
      for (let x = 0; x < width; x++) {
        const maximum = since[x];
        to[start + x] = maxOf(until[rest + x], maximum);
        since[x] = maxOf(maximum, from[next + x]);
      }
    }
  }
}

/** The larger of two numbers that are not negative, without a branch, which would often be mispredicted where there is noise. */
function maxOf(a: number, b: number): number {
  const difference = a - b;
  return a - (difference & (difference >> 31));
}
