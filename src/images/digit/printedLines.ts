import type { Plane } from '../decodedImage.js';
import type { Line } from './lines.js';

/** A line ends at the edge of the paper, or at another line, if it is at most this far away, as a share of the longer side. */
const MAX_DISTANCE = 0.03;
/** A line below a digit is at least this many times as wide as the digit. */
const MIN_WIDTH_RATIO = 1.3;

/** The almost horizontal and the almost vertical lines of an image; the latter are those of the transposed image. */
export interface LinesByDirection {
  readonly horizontal: readonly Line[];
  readonly vertical: readonly Line[];
}

/**
 * Selects the lines that are printed, not written: those that cross the paper from edge to edge, those that end at such an edge or
 * at another line on either side, as the sides of a box do, and one below all other ink and wider than it.
 *
 * @param inside whether each pixel shows the paper
 */
export function selectPrinted(
  { horizontal, vertical }: LinesByDirection,
  { width, height }: Plane,
  inside: Uint8Array,
): LinesByDirection {
  const reach = MAX_DISTANCE * Math.max(width, height);
  const isPaper = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && inside[Math.round(y) * width + Math.round(x)] === 1;
  const isBound = (
    line: Line,
    others: readonly Line[],
    isPaperAt: (along: number, across: number) => boolean,
  ) =>
    [
      { at: line.from, row: line.rows[0], beyond: line.from - reach },
      { at: line.to, row: line.rows[line.rows.length - 1], beyond: line.to + reach },
    ].every(
      ({ at, row, beyond }) =>
        !isPaperAt(beyond, Math.round(row)) || others.some((other) => passes(other, at, row, reach)),
    );
  return {
    horizontal: horizontal.filter((line) => isBound(line, vertical, isPaper)),
    vertical: vertical.filter((line) => isBound(line, horizontal, (along, across) => isPaper(across, along))),
  };
}

/** Whether a line of the other direction passes within reach of a point, given as a column and a row of this direction. */
function passes(other: Line, column: number, row: number, reach: number): boolean {
  if (row < other.from - reach || row > other.to + reach) return false;
  const index = Math.min(other.rows.length - 1, Math.max(0, Math.round(row) - other.from));
  return Math.abs(other.rows[index] - column) <= reach;
}

/** Whether a horizontal line lies below all other ink and is wider than it. */
export function isUnderline({ from, to, rows, thickness }: Line, isInk: Uint8Array, width: number): boolean {
  let [left, right] = [Infinity, -Infinity];
  // From the bottom, where most lines turn out not to be the lowest ink.
  for (let pixel = isInk.length - 1; pixel >= 0; pixel--) {
    if (isInk[pixel] === 0) continue;
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    const row = rows[Math.min(rows.length - 1, Math.max(0, x - from))];
    if (Math.abs(y - row) <= thickness) continue;
    if (y > row) return false;
    [left, right] = [Math.min(left, x), Math.max(right, x)];
  }
  return to - from >= MIN_WIDTH_RATIO * (right - left + 1);
}
