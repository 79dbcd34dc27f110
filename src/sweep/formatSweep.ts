import { formatLoss, formatPercent } from '../core/format.js';
import type { Value } from './space/distribution.js';
import type { Params } from './space/space.js';
import type { Direction, Trial } from './trial.js';

/** How all front ends write what a sweep is about. */

/** `learningRate 0.00123, optimizer sgd` */
export function formatParams(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${formatValue(value)}`)
    .join(', ');
}

/** The value of a setting. Numbers have four significant digits, which suffice to compare trials; undefined means that it has no effect. */
export function formatValue(value: Value | undefined): string {
  if (value === undefined) return '-';
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  if (value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `98.74 %`, or the loss if trials are ranked by it */
export function formatMetric(value: number | undefined, direction: Direction): string {
  if (value === undefined) return '-';
  return direction === 'maximize' ? formatPercent(value) : formatLoss(value);
}

/** What trials are ranked by. */
export function metricName(direction: Direction): string {
  return direction === 'maximize' ? 'validation accuracy' : 'validation loss';
}

/** The number of trials that have ended. */
export function countEnded(trials: readonly Pick<Trial, 'state'>[]): number {
  return trials.filter(({ state }) => state !== 'running').length;
}
