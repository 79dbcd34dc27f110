import type { Contrast } from './contrast.js';
import { connectedComponents, extentOf } from './components.js';
import { eraseLines } from './eraseLines.js';
import { findLines, type Line } from './lines.js';
import { otsuThreshold } from './otsu.js';
import { isUnderline, selectPrinted } from './printedLines.js';
import { markAbove } from './markAbove.js';
import { medianAbove } from './select.js';
import { transpose } from './transpose.js';

/** Smaller images show no lines that are thin compared with strokes. */
const MIN_SIDE = 64;
/** Lines may be fainter than ink. */
const MIN_CONTRAST = 0.03;
/** What remains without the lines is a digit only if it is at least this large, as a share of the shorter side. */
const MIN_EXTENT = 0.08;

/**
 * Removes printed lines: ruled and graph paper, a box around a digit, a line below it.
 *
 * @param inside whether each pixel shows the paper
 */
export function removeLines(contrast: Contrast, inside: Uint8Array): Contrast {
  const { plane, noise } = contrast;
  const { width, height } = plane;
  if (Math.min(width, height) < MIN_SIDE) return contrast;
  const threshold = Math.max(noise, MIN_CONTRAST);
  const marked = markAbove(plane.values, threshold);
  const lines = {
    horizontal: findLines(plane, marked),
    vertical: findLines({ width: height, height: width }, transpose(marked, width)),
  };
  const printed = selectPrinted(lines, plane, inside);
  const first = erase(contrast, printed.horizontal, printed.vertical);
  const ink = markAbove(first.values, threshold);
  const underlines = lines.horizontal.filter(
    (line) => !printed.horizontal.includes(line) && isUnderline(line, ink, width),
  );
  const horizontal = [...printed.horizontal, ...underlines];
  if (horizontal.length + printed.vertical.length === 0) return contrast;
  const values =
    underlines.length === 0 ? first.values : erase(contrast, horizontal, printed.vertical).values;
  const isLarge = connectedComponents(markAbove(values, threshold), width).some(
    (component) => extentOf(component) >= MIN_EXTENT * Math.min(width, height),
  );
  return isLarge ? { plane: { width, height, values }, noise } : contrast;
}

function erase({ plane, noise }: Contrast, horizontal: readonly Line[], vertical: readonly Line[]) {
  if (horizontal.length + vertical.length === 0) return plane;
  const { width, height } = plane;
  const full = inkLevel(plane.values, noise, horizontal, vertical, width);
  const rows = { width, height, values: plane.values.slice() };
  eraseLines(rows, horizontal, full);
  const columns = { width: height, height: width, values: transpose(rows.values, width) };
  eraseLines(columns, vertical, full);
  return { width, height, values: transpose(columns.values, height) };
}

/** The median contrast of ink outside the lines. */
function inkLevel(
  values: Float32Array,
  noise: number,
  horizontal: readonly Line[],
  vertical: readonly Line[],
  width: number,
): number {
  const elsewhere = values.slice();
  const height = values.length / width;
  const clear = (x: number, y: number) => {
    if (x >= 0 && y >= 0 && x < width && y < height) elsewhere[y * width + x] = 0;
  };
  const clearLine = ({ from, rows, thickness }: Line, set: (along: number, across: number) => void) => {
    rows.forEach((row, i) => {
      for (let offset = -thickness; offset <= thickness; offset++) set(from + i, Math.round(row + offset));
    });
  };
  for (const line of horizontal) clearLine(line, clear);
  for (const line of vertical) {
    clearLine(line, (along, across) => {
      clear(across, along);
    });
  }
  const threshold = Math.max(noise, otsuThreshold(elsewhere).threshold);
  return medianAbove(elsewhere, threshold) ?? 1;
}
