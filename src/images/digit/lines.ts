import type { Plane } from '../decodedImage.js';

/** Lines are thinner than this share of the shorter side. */
const MAX_THICKNESS = 0.022;
/** Lines are at least this long, as a share of the plane's width. */
const MIN_LENGTH = 0.2;
/** The largest slope, about 10°, and the deviation that its steps leave at the ends of a line, in pixels. */
const MAX_SLOPE = 0.18;
const SLOPE_STEP = 0.75;
/** How far a run may lie from the expected line, in pixels, and how fast the expectation follows the runs. */
const TOLERANCE = 2;
const FOLLOW = 0.1;
/** Gaps in a line, as a share of the plane's width. */
const MAX_GAP = 0.015;
/** The share of a line's columns in which it is thin; in the others, a stroke or another line crosses it. */
const MIN_THIN = 0.45;

/** A thin, almost horizontal line. */
export interface Line {
  /** Its first and its last column. */
  readonly from: number;
  readonly to: number;
  /** The row of its middle in each column from the first to the last. */
  readonly rows: Float32Array;
  /** The share of its columns in which nothing crosses or touches it. */
  readonly free: number;
  /** In pixels. */
  readonly thickness: number;
}

/** Marked pixels in a column, one above the other. */
interface Run {
  readonly column: number;
  readonly middle: number;
  readonly length: number;
  isUsed: boolean;
}

/**
 * Finds long, straight, thin lines that are almost horizontal, by a Hough transform of the thin vertical runs of marked pixels; each line is
 * then followed from run to run. Sources: R. Duda and P. Hart, "Use of the Hough transformation to detect lines and curves in
 * pictures", Communications of the ACM 15 (1972); C. Dalitz et al., "A comparative study of staff removal algorithms", IEEE
 * Trans. PAMI 30 (2008).
 *
 * @param marked whether each pixel may show ink or a line, `[height, width]`
 */
export function findLines({ width, height }: Plane, marked: Uint8Array): Line[] {
  const maxThickness = Math.max(3, MAX_THICKNESS * Math.min(width, height));
  const runs = thinRuns(marked, width, height, maxThickness);
  const lines: Line[] = [];
  for (const { row, slope } of houghPeaks(runs, width, height)) {
    for (const line of follow(runs, marked, { row, slope, width, height })) lines.push(line);
  }
  return lines;
}

function thinRuns(marked: Uint8Array, width: number, height: number, maxThickness: number): Run[][] {
  return Array.from({ length: width }, (_, column) => {
    const runs: Run[] = [];
    let start = -1;
    for (let row = 0; row <= height; row++) {
      const isMarked = row < height && marked[row * width + column] === 1;
      if (isMarked && start === -1) start = row;
      if (isMarked || start === -1) continue;
      const length = row - start;
      if (length <= maxThickness) runs.push({ column, middle: (start + row - 1) / 2, length, isUsed: false });
      start = -1;
    }
    return runs;
  });
}

/** The lines that pass through enough runs, those through the most first: their rows in the middle column, and their slopes. */
function houghPeaks(runs: readonly (readonly Run[])[], width: number, height: number) {
  const step = SLOPE_STEP / (width / 2);
  const steps = Math.floor(MAX_SLOPE / step);
  const all = runs.flat();
  const peaks: { row: number; slope: number; votes: number }[] = [];
  for (let k = -steps; k <= steps; k++) {
    const slope = k * step;
    const votes = new Uint16Array(height + 2);
    for (const { column, middle } of all) {
      const row = Math.round(middle - slope * (column + 0.5 - width / 2));
      if (row >= 0 && row < height) votes[row + 1]++;
    }
    for (let row = 0; row < height; row++) {
      const sum = votes[row] + votes[row + 1] + votes[row + 2];
      if (sum >= MIN_THIN * MIN_LENGTH * width) peaks.push({ row, slope, votes: sum });
    }
  }
  return peaks.sort((a, b) => b.votes - a.votes || a.row - b.row || a.slope - b.slope);
}

/** Follows a line through the runs that no other line uses. Breaks it where it is interrupted. */
function follow(
  runs: readonly (readonly Run[])[],
  marked: Uint8Array,
  { row, slope, width, height }: { row: number; slope: number; width: number; height: number },
): Line[] {
  const used: (Run | undefined)[] = [];
  const rows = new Float32Array(width);
  const isCovered = new Uint8Array(width);
  const visit = (column: number, offset: number): number => {
    const expected = row + slope * (column + 0.5 - width / 2) + offset;
    const run = runs[column].find((each) => !each.isUsed && Math.abs(each.middle - expected) <= TOLERANCE);
    used[column] = run;
    rows[column] = run?.middle ?? expected;
    const nearest = Math.round(expected);
    const isInside = nearest >= 0 && nearest < height;
    isCovered[column] = Number(run !== undefined || (isInside && marked[nearest * width + column] === 1));
    return run === undefined ? offset : offset + FOLLOW * (run.middle - expected);
  };
  const middle = width >> 1;
  for (let column = middle, offset = 0; column < width; column++) offset = visit(column, offset);
  for (let column = middle - 1, offset = 0; column >= 0; column--) offset = visit(column, offset);
  const lines: Line[] = [];
  for (const [from, to] of intervals(isCovered, Math.max(2, MAX_GAP * width))) {
    const own = used.slice(from, to + 1).filter((run) => run !== undefined);
    const length = to - from + 1;
    if (length < MIN_LENGTH * width || own.length < MIN_THIN * length) continue;
    for (const run of own) run.isUsed = true;
    const lengths = own.map((run) => run.length).sort((a, b) => a - b);
    const thickness = lengths[Math.floor(0.75 * lengths.length)];
    lines.push({ from, to, rows: rows.slice(from, to + 1), free: own.length / length, thickness });
  }
  return lines;
}

/** First and last index of each interval of ones, across gaps of at most `maxGap`. */
function intervals(isCovered: Uint8Array, maxGap: number): [number, number][] {
  const found: [number, number][] = [];
  isCovered.forEach((value, index) => {
    if (value === 0) return;
    const last = found.at(-1);
    if (last !== undefined && index - last[1] <= maxGap + 1) last[1] = index;
    else found.push([index, index]);
  });
  return found;
}
