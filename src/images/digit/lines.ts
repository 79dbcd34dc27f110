import type { Size } from '../decodedImage.js';
import { HoughVotes } from './hough.js';
import { thinRuns, type Runs } from './thinRuns.js';

/** Lines are thinner than this share of the shorter side. */
const MAX_THICKNESS = 0.022;
/** Lines are at least this long, as a share of the plane's width. */
const MIN_LENGTH = 0.2;
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

/**
 * Finds long, straight, thin lines that are almost horizontal, by a Hough transform of the thin vertical runs of marked pixels; each line is
 * then followed from run to run. Sources: R. Duda and P. Hart, "Use of the Hough transformation to detect lines and curves in
 * pictures", Communications of the ACM 15 (1972); C. Dalitz et al., "A comparative study of staff removal algorithms", IEEE
 * Trans. PAMI 30 (2008).
 *
 * @param marked whether each pixel may show ink or a line, `[height, width]`
 */
export function findLines({ width, height }: Size, marked: Uint8Array): Line[] {
  const maxThickness = Math.max(3, MAX_THICKNESS * Math.min(width, height));
  const runs = thinRuns(marked, width, maxThickness);
  const minVotes = MIN_THIN * MIN_LENGTH * width;
  const lines: Line[] = [];
  if (runs.columns.length < minVotes) return lines;
  const votes = new HoughVotes(runs, { width, height });
  for (const peak of votes.peaks(minVotes)) {
    // Lines that were followed before may have used the runs that the peak consisted of.
    if (votes.at(peak) < minVotes) continue;
    const { row, slope } = votes.lineOf(peak);
    for (const { line, own } of follow(runs, marked, { row, slope, width, height })) {
      for (const run of own) {
        runs.isUsed[run] = 1;
        votes.withdraw(run);
      }
      lines.push(line);
    }
  }
  return lines;
}

/** Follows a line through the runs that no other line uses. Breaks it where it is interrupted. */
function follow(
  runs: Runs,
  marked: Uint8Array,
  { row, slope, width, height }: { row: number; slope: number; width: number; height: number },
): { line: Line; own: number[] }[] {
  const used = new Int32Array(width);
  const rows = new Float32Array(width);
  const isCovered = new Uint8Array(width);
  const visit = (column: number, offset: number): number => {
    const expected = row + slope * (column + 0.5 - width / 2) + offset;
    const run = unusedRunAt(runs, column, expected);
    used[column] = run;
    rows[column] = run === -1 ? expected : runs.middles[run];
    const nearest = Math.round(expected);
    const isInside = nearest >= 0 && nearest < height;
    isCovered[column] = Number(run !== -1 || (isInside && marked[nearest * width + column] === 1));
    return run === -1 ? offset : offset + FOLLOW * (runs.middles[run] - expected);
  };
  const middle = width >> 1;
  for (let column = middle, offset = 0; column < width; column++) offset = visit(column, offset);
  for (let column = middle - 1, offset = 0; column >= 0; column--) offset = visit(column, offset);
  const lines: { line: Line; own: number[] }[] = [];
  for (const [from, to] of intervals(isCovered, Math.max(2, MAX_GAP * width))) {
    const length = to - from + 1;
    if (length < MIN_LENGTH * width) continue;
    const own = Array.from(used.subarray(from, to + 1)).filter((run) => run !== -1);
    if (own.length < MIN_THIN * length) continue;
    const lengths = own.map((run) => runs.lengths[run]).sort((a, b) => a - b);
    const thickness = lengths[Math.floor(0.75 * lengths.length)];
    const line = { from, to, rows: rows.slice(from, to + 1), free: own.length / length, thickness };
    lines.push({ line, own });
  }
  return lines;
}

/** The first run of a column within the tolerance that no line uses, or -1. */
function unusedRunAt({ starts, middles, isUsed }: Runs, column: number, expected: number): number {
  for (let run = starts[column]; run < starts[column + 1] && middles[run] <= expected + TOLERANCE; run++) {
    if (isUsed[run] === 0 && middles[run] >= expected - TOLERANCE) return run;
  }
  return -1;
}

/** First and last index of each interval of ones, across gaps of at most `maxGap`. */
function intervals(isCovered: Uint8Array, maxGap: number): [number, number][] {
  const found: [number, number][] = [];
  for (let index = 0; index < isCovered.length; index++) {
    if (isCovered[index] === 0) continue;
    const last = found.at(-1);
    if (last !== undefined && index - last[1] <= maxGap + 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}
