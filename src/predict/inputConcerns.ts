import type { Shape } from '../core/shape.js';
import type { ConcernCode } from '../images/concern.js';

/** An image whose pixels have a lower standard deviation, on a scale from 0 to 1, shows nothing. */
const MIN_DEVIATION = 0.02;
/** Neighboring pixels of drawings and photos correlate more, in at least one direction. */
const MIN_CORRELATION = 0.3;

/**
 * What makes a model's input doubtful whatever the model: it is empty, or noise. Images are judged alike whether they come
 * from a file, a table, a request, or a drawing.
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

/** Pearson's correlation of each pixel with the one that is `distance` before it. */
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
