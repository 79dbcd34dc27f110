import { axisTicks } from './axisTicks.js';
import type { Tone } from './tones.js';

export interface Series {
  readonly title: string;
  readonly values: readonly number[];
  /** The epoch of each value, which may be a fraction; by default 1, 2, 3, … */
  readonly epochs?: readonly number[];
  readonly tone: Tone;
}

/** The size of a chart and of its margins, in the units of its drawing. */
export const WIDTH = 420;
export const HEIGHT = 220;
export const [LEFT, RIGHT, TOP, BOTTOM] = [74, 14, 12, 30];

/** Where epochs and values are drawn. */
export interface ChartScale {
  /** The first and the last epoch of the axis. */
  readonly from: number;
  readonly to: number;
  /** Ticks of the axis of values. */
  readonly ticks: readonly number[];
  readonly x: (epoch: number) => number;
  readonly y: (value: number) => number;
  /** The epoch that is drawn at an `x`. */
  readonly epochAt: (x: number) => number;
}

/**
 * @param lastEpoch the least last epoch of the axis
 * @param range values that the other axis includes in any case
 */
export function chartScale(
  series: readonly Series[],
  lastEpoch: number,
  range: readonly number[] = [],
): ChartScale {
  const all = [...range, ...series.flatMap(({ values }) => values)];
  const positions = series.flatMap(epochsOf);
  const [from, to] = [Math.min(1, ...positions), Math.max(lastEpoch, ...positions)];
  const ticks = axisTicks(Math.min(...all), Math.max(...all));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const width = WIDTH - LEFT - RIGHT;
  return {
    from,
    to,
    ticks,
    x: (epoch) => (from === to ? LEFT + width / 2 : LEFT + ((epoch - from) / (to - from)) * width),
    y: (value) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM),
    epochAt: (x) => from + ((x - LEFT) / width) * (to - from),
  };
}

/** The epoch of each value. */
export function epochsOf({ values, epochs }: Series): readonly number[] {
  return epochs ?? values.map((_, i) => i + 1);
}
