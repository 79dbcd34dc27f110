import type { Plane } from '../decodedImage.js';
import { transpose } from './transpose.js';

/**
 * Grayscale closing with a square: fills what is darker than its surroundings and too narrow to contain the square, and keeps
 * all else, sharp edges included. Pixels outside the plane are ignored.
 *
 * @param side of the square in pixels, odd
 */
export function closing({ width, height, values }: Plane, side: number): Plane {
  const rows = values.slice();
  dilateRows(rows, width, side);
  // The maximum in a square is that of the maxima of its rows, in any order.
  const columns = transpose(rows, width);
  dilateRows(columns, height, side);
  negate(columns);
  dilateRows(columns, height, side);
  const eroded = transpose(columns, height);
  dilateRows(eroded, width, side);
  negate(eroded);
  return { width, height, values: eroded };
}

function negate(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i] = -values[i];
}

/**
 * Replaces each value by the maximum of those in its row at most `(side - 1) / 2` away. Source: M. van Herk, "A fast algorithm for local
 * minimum and maximum filters on rectangular and octagonal kernels", Pattern Recognition Letters 13 (1992).
 */
function dilateRows(values: Float32Array, width: number, side: number): void {
  const reach = (side - 1) / 2;
  const length = Math.ceil((width + 2 * reach) / side) * side;
  // The maxima since the start of a block, and until its end; a window consists of the end of one and the start of the next.
  const since = new Float32Array(length);
  const until = new Float32Array(length);
  for (let start = 0; start < values.length; start += width) {
    for (let block = 0; block < length; block += side) {
      const [from, to] = [Math.max(block, reach), Math.min(block + side, reach + width)];
      const offset = start - reach;
      let maximum = -Infinity;
      let i = block;
      while (i < from) since[i++] = maximum;
      for (; i < to; i++) {
        if (values[offset + i] > maximum) maximum = values[offset + i];
        since[i] = maximum;
      }
      while (i < block + side) since[i++] = maximum;
      maximum = -Infinity;
      while (i > to) until[--i] = maximum;
      while (i > from) {
        if (values[offset + --i] > maximum) maximum = values[offset + i];
        until[i] = maximum;
      }
      while (i > block) until[--i] = maximum;
    }
    for (let i = 0; i < width; i++) {
      const [first, second] = [until[i], since[i + side - 1]];
      values[start + i] = first > second ? first : second;
    }
  }
}
