export { messageOf } from '#inkling/core/errors.js';

/** The largest probability that is shown as a number: 100 % would claim certainty. */
const MAX_SHOWN = 0.999;

const tick = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 });

/** A value that may be missing, in its format or as a dash. */
export function orDash<T>(value: T | undefined, format: (value: T) => string): string {
  return value === undefined ? '–' : format(value);
}

/** `98.8 %`, and `>99.9 %` for a probability close to 1 */
export function formatProbability(probability: number): string {
  if (probability > MAX_SHOWN) return `>${100 * MAX_SHOWN} %`;
  return `${(100 * probability).toFixed(1)} %`;
}

/** `0.05`, of a loss on the axis of a chart */
export function formatTick(value: number): string {
  return tick.format(value);
}

/** `28 × 28 × 1` */
export function formatDimensions(shape: readonly number[]): string {
  return shape.join(' × ');
}
