import type { Size } from '../decodedImage.js';
import type { Runs } from './thinRuns.js';

/** The largest slope, about 10°, and the deviation that its steps leave at the ends of a line, in pixels. */
const MAX_SLOPE = 0.18;
const SLOPE_STEP = 0.75;

/**
 * The number of runs on each almost horizontal line (Hough transform). A peak is the index of a line, whose runs include those of the
 * lines one row above and below.
 */
export class HoughVotes {
  private readonly steps: number;
  private readonly slopeStep: number;
  /** One row above and below the plane each. */
  private readonly stride: number;
  private readonly votes: Uint16Array;

  constructor(
    private readonly runs: Runs,
    private readonly size: Size,
  ) {
    this.slopeStep = SLOPE_STEP / (size.width / 2);
    this.steps = Math.floor(MAX_SLOPE / this.slopeStep);
    this.stride = size.height + 2;
    this.votes = new Uint16Array((2 * this.steps + 1) * this.stride);
    for (let run = 0; run < runs.columns.length; run++) this.add(run, 1);
  }

  /** The lines that pass through enough runs, those through the most first, then those higher up. */
  peaks(minVotes: number): number[] {
    const { height } = this.size;
    const peaks: { peak: number; votes: number; row: number }[] = [];
    for (let slope = 0; slope <= 2 * this.steps; slope++) {
      for (let row = 0; row < height; row++) {
        const peak = slope * this.stride + row + 1;
        const votes = this.at(peak);
        if (votes >= minVotes) peaks.push({ peak, votes, row });
      }
    }
    return peaks
      .sort((a, b) => b.votes - a.votes || a.row - b.row || a.peak - b.peak)
      .map(({ peak }) => peak);
  }

  at(peak: number): number {
    return this.votes[peak - 1] + this.votes[peak] + this.votes[peak + 1];
  }

  /** The row of a line in the middle column, and its slope in rows per column. */
  lineOf(peak: number): { row: number; slope: number } {
    const index = Math.floor(peak / this.stride);
    return { row: (peak % this.stride) - 1, slope: (index - this.steps) * this.slopeStep };
  }

  /** Removes a run from all lines. */
  withdraw(run: number): void {
    this.add(run, -1);
  }

  private add(run: number, vote: number): void {
    const distance = this.runs.columns[run] + 0.5 - this.size.width / 2;
    const middle = this.runs.middles[run];
    for (let index = 0, start = 1; index <= 2 * this.steps; index++, start += this.stride) {
      const row = Math.round(middle - (index - this.steps) * this.slopeStep * distance);
      if (row >= 0 && row < this.size.height) this.votes[start + row] += vote;
    }
  }
}
