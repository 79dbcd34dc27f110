import type { Shape } from '../core/shape.js';
import type { ConcernCode } from '../images/concern.js';
import { isEmpty } from '../images/isEmpty.js';

/** An image is noise if the correlation of neighboring pixels is lower in both directions. */
const MIN_CORRELATION = 0.3;

/**
 * Reasons to doubt predictions for an input regardless of the model: the input is empty or noise. The same rules apply to images
 * from files, tables, requests, and drawings.
 *
 * @param pixels `[height, width, channels]`, from 0 to 1
 */
export function concernsOfInput(pixels: Float32Array, [height, width, channels]: Shape): ConcernCode[] {
  if (isEmpty(pixels, channels, 1)) return ['empty'];
  const row = width * channels;
  const across = correlation(pixels, { rows: height, row, skip: channels, distance: channels });
  const down = correlation(pixels, { rows: 1, row: pixels.length, skip: row, distance: row });
  return Math.max(across, down) < MIN_CORRELATION ? ['noise'] : [];
}

/** Values in rows of equal length, of which the first `skip` have no neighbor, and the distance of a neighbor. */
interface Neighbors {
  readonly rows: number;
  readonly row: number;
  readonly skip: number;
  readonly distance: number;
}

/** Pearson's correlation between each value and its neighbor, `distance` positions before it. */
function correlation(values: Float32Array, { rows, row, skip, distance }: Neighbors): number {
  let [x, y, xx, yy, xy] = [0, 0, 0, 0, 0];
  for (let start = 0; start < rows * row; start += row) {
    for (let i = start + skip; i < start + row; i++) {
      const a = values[i];
      const b = values[i - distance];
      x += a;
      y += b;
      xx += a * a;
      yy += b * b;
      xy += a * b;
    }
  }
  const count = rows * (row - skip);
  const deviations = Math.sqrt((count * xx - x * x) * (count * yy - y * y));
  return deviations > 0 ? (count * xy - x * y) / deviations : 0;
}
