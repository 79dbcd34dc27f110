import type { Plane } from '../decodedImage.js';
import type { Line } from './lines.js';
import { median } from './select.js';

/** Lines of less than this share of the ink's contrast are subtracted; below darker ones, the ink is not visible. */
const MAX_SUBTRACTED = 0.6;
/** The directions in which strokes are continued across a line, in columns per row. */
const DIRECTIONS = [0, -0.5, 0.5, -1, 1, -1.5, 1.5];

/**
 * Erases almost horizontal lines and repairs the strokes that cross them: where there is ink on both sides of a line, in the direction of a
 * stroke, the line covers ink. Where the line is lighter than ink, what is darker than the line is ink as well.
 *
 * @param contrasts changed in place
 * @param full the contrast of ink
 */
export function eraseLines({ width, height, values }: Plane, lines: readonly Line[], full: number): void {
  const before = values.slice();
  const at = (x: number, y: number) => {
    const [column, row] = [Math.round(x), Math.round(y)];
    return column < 0 || row < 0 || column >= width || row >= height ? 0 : before[row * width + column];
  };
  for (const line of lines) {
    const reach = Math.ceil(line.thickness / 2) + 1;
    const profile = profileOf(line, reach, at);
    line.rows.forEach((row, i) => {
      const [x, middle] = [line.from + i, Math.round(row)];
      for (let offset = -reach; offset <= reach; offset++) {
        const y = middle + offset;
        if (y < 0 || y >= height) continue;
        const [up, down] = [reach + 1 + offset, reach + 1 - offset];
        const contrast = before[y * width + x];
        const line = profile[offset + reach];
        let ink = line < MAX_SUBTRACTED * full ? Math.max(0, ((contrast - line) * full) / (full - line)) : 0;
        for (const slope of DIRECTIONS) {
          if (ink >= contrast) break;
          ink = Math.max(ink, Math.min(at(x - slope * up, y - up), at(x + slope * down, y + down)));
        }
        values[y * width + x] = Math.min(contrast, ink);
      }
    });
  }
}

/** The median contrast of a line at each distance from its middle, `[2 reach + 1]`. */
function profileOf({ from, rows }: Line, reach: number, at: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: 2 * reach + 1 }, (_, offset) => {
    return median(rows.map((row, i) => at(from + i, Math.round(row) + offset - reach)));
  });
}
