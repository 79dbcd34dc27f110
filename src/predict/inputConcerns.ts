import type { Shape } from '../core/shape.js';
import type { ConcernCode } from '../images/concern.js';

/** An image is empty if the standard deviation of its pixels, from 0 to 1, is lower. */
const MIN_DEVIATION = 0.02;
/** An image is noise if the correlation of neighboring pixels is lower in both directions. */
const MIN_CORRELATION = 0.3;

/**
 * Reasons to doubt predictions for an input regardless of the model: the input is empty or noise. The same rules apply to images
 * from files, tables, requests, and drawings.
 *
 * @param pixels `[height, width, channels]`, from 0 to 1
 */
export function concernsOfInput(pixels: Float32Array, [, width, channels]: Shape): ConcernCode[] {
  const mean = pixels.reduce((sum, pixel) => sum + pixel, 0) / pixels.length;
  const variance = pixels.reduce((sum, pixel) => sum + (pixel - mean) ** 2, 0) / pixels.length;
  if (variance < MIN_DEVIATION ** 2) return ['empty'];
  const row = width * channels;
  const across = correlation(pixels, channels, (i) => i % row >= channels);
  const down = correlation(pixels, row, (i) => i >= row);
  return Math.max(across, down) < MIN_CORRELATION ? ['noise'] : [];
}

/** Pearson's correlation between each value and the one `distance` positions before it. */
function correlation(pixels: Float32Array, distance: number, hasNeighbor: (i: number) => boolean): number {
  let [count, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let i = distance; i < pixels.length; i++) {
    if (!hasNeighbor(i)) continue;
    const [a, b] = [pixels[i], pixels[i - distance]];
    count += 1;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const deviations = Math.sqrt((count * xx - x * x) * (count * yy - y * y));
  return deviations > 0 ? (count * xy - x * y) / deviations : 0;
}
