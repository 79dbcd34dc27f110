import { formatValue } from '../../../sweep/formatSweep.js';
import type { Direction } from '../../../sweep/trial.js';
import { linearTicks, logTicks, type Tick } from './ticks.js';

/** A range of more than this factor, of the error or of the loss, is shown logarithmically. */
const MAX_LINEAR_FACTOR = 5;

/**
 * How charts place values of the metric. Where trials differ much, the axis is logarithmic, in the error if the metric is an accuracy:
 * otherwise the good trials, whose differences matter, would all be at the same place.
 */
export interface MetricScale {
  readonly title: string;
  /** For small charts. */
  readonly shortTitle: string;
  readonly isLogarithmic: boolean;
  /** What stands for a value: the error in percent, or the loss; on a linear axis, the accuracy in percent, or the loss. */
  readonly numberOf: (value: number) => number;
  /** The position of a number along the axis, from 0 to 1, which is the higher end. */
  readonly unitOf: (number: number) => number;
  /** Of numbers, the smaller one first. */
  readonly domain: readonly [number, number];
  /** Whether small numbers are at the higher end. */
  readonly isReversed: boolean;
  readonly ticks: readonly Tick[];
}

/** The scale on which all of these values have a place. */
export function metricScale(values: readonly number[], direction: Direction): MetricScale {
  const isAccuracy = direction === 'maximize';
  const shortTitle = isAccuracy ? 'accuracy (%)' : 'loss';
  const titles = { title: `validation ${shortTitle}`, shortTitle };
  const percentOf = (value: number) => (isAccuracy ? 100 * value : value);
  const errorOf = (value: number) => (isAccuracy ? 100 - percentOf(value) : value);
  const errors = values.map(errorOf);
  const positive = errors.filter((error) => error > 0);
  // Without any error, a value is at half of the smallest one.
  const least = Math.min(...positive) / (positive.length < errors.length ? 2 : 1);
  const largest = Math.max(...positive);
  if (positive.length > 0 && largest > MAX_LINEAR_FACTOR * least) {
    const labelOf = (error: number) =>
      isAccuracy ? String(Number((100 - error).toPrecision(6))) : formatValue(error);
    return {
      ...titles,
      isLogarithmic: true,
      numberOf: (value) => Math.max(errorOf(value), least),
      unitOf(number) {
        const fromBest = Math.log(number / least) / Math.log(largest / least);
        return isAccuracy ? 1 - fromBest : fromBest;
      },
      domain: [least, largest],
      isReversed: isAccuracy,
      ticks: logTicks(least, largest).map((number) => ({ number, label: labelOf(number) })),
    };
  }
  const numbers = values.map(percentOf);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  // A single value is in the middle.
  const domain = low < high ? ([low, high] as const) : ([low - 1, high + 1] as const);
  return {
    ...titles,
    isLogarithmic: false,
    numberOf: percentOf,
    unitOf: (number) => (number - domain[0]) / (domain[1] - domain[0]),
    domain,
    isReversed: false,
    ticks: (low < high ? linearTicks(low, high) : [low]).map((number) => ({
      number,
      label: formatValue(number),
    })),
  };
}

/** The name of the labels of an axis of the metric. */
const LABELS = 'metricLabels';

/** The vertical axis of the metric, of a chart whose parameters include `metricLabels`. */
export function metricEncoding({ title, domain, isLogarithmic, isReversed, ticks }: MetricScale) {
  const ends: number[] = [...domain];
  return {
    type: 'quantitative',
    title,
    scale: {
      domain: ends,
      nice: false,
      padding: 8,
      reverse: isReversed,
      ...(isLogarithmic ? ({ type: 'log' } as const) : ({ type: 'linear', zero: false } as const)),
    },
    axis: {
      values: ticks.map(({ number }) => number),
      // Vega passes only the number of a tick to the expression of its label.
      labelExpr: `${LABELS}[indexof(${JSON.stringify(ticks.map(({ number }) => number))}, datum.value)]`,
    },
  } as const;
}

/** Passes the labels of the axis as data. */
export function metricLabels({ ticks }: MetricScale): { name: string; value: string[] } {
  return { name: LABELS, value: ticks.map(({ label }) => label) };
}
