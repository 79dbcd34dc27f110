import type { Direction } from '../trial.js';

/** Errors below are equal, so that their logarithms are finite. */
const LOWEST_ERROR = 1e-4;

/**
 * What the epochs of a trial predict for its last one: the logarithm of the error (1 − accuracy) or of the loss, lower is better. An error
 * that falls as a power of the epoch is a line if both are logarithmic, and is fitted by least squares. With one epoch, it is that of this
 * epoch. The prediction orders trials that were trained for the same number of epochs: one that begins slowly and improves fast can
 * be ahead.
 * Source: T. Domhan et al., "Speeding up automatic hyperparameter optimization of deep neural networks by extrapolation of learning
 * curves", IJCAI 2015, which has the power law among its curves.
 *
 * @param values the metric after each epoch, from the first
 * @param last the epoch to predict
 * @returns infinity if a value is not finite
 */
export function predictCost(values: readonly number[], last: number, direction: Direction): number {
  const errors = values.map((value) => (direction === 'maximize' ? 1 - value : value));
  if (!errors.every(Number.isFinite)) return Infinity;
  const points = errors.map((error, index) => ({
    x: Math.log(index + 1),
    y: Math.log(Math.max(error, LOWEST_ERROR)),
  }));
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  if (points.length === 1) return y;
  const slope =
    mean(points.map((point) => (point.x - x) * (point.y - y))) /
    mean(points.map((point) => (point.x - x) ** 2));
  return y + slope * (Math.log(last) - x);
}
