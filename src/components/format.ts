export { messageOf } from '#inkling/core/errors.js';

/** The largest probability that is shown as a number: 100 % would claim certainty. */
const MAX_SHOWN = 0.999;

/** How a language writes numbers. */
export interface NumberFormat {
  /** As for `Intl.NumberFormat`. */
  readonly locale: string;
  /** Writes a fraction as a percentage. */
  readonly percent: (fraction: number) => string;
  /** Whether text is written from right to left, within which formulas are still written from left to right. */
  readonly isRightToLeft: boolean;
}

let format: NumberFormat = {
  locale: 'en-US',
  percent: (fraction) => `${(100 * fraction).toFixed(1)}\u00a0%`,
  isRightToLeft: false,
};
let tick = tickFormat();

/** Changes how numbers are written from now on, for pages in other languages than English. */
export function setNumberFormat(next: NumberFormat): void {
  format = next;
  tick = tickFormat();
}

function tickFormat(): Intl.NumberFormat {
  return new Intl.NumberFormat(format.locale, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

/** A value that may be missing, in its format or as a dash. */
export function orDash<T>(value: T | undefined, formatValue: (value: T) => string): string {
  return value === undefined ? '–' : formatValue(value);
}

/** `98.8 %`, and `>99.9 %` for a probability close to 1 */
export function formatProbability(probability: number): string {
  return probability > MAX_SHOWN ? leftToRight(`>${format.percent(MAX_SHOWN)}`) : format.percent(probability);
}

/** `0.05`, of a loss on the axis of a chart */
export function formatTick(value: number): string {
  return tick.format(value);
}

/** `28 × 28 × 1`, within which no line breaks */
export function formatDimensions(shape: readonly number[]): string {
  return leftToRight(shape.join('\u00a0×\u00a0'));
}

/** A formula or a signed number, between the characters of Unicode that isolate it from text in the other direction. */
export function leftToRight(formula: string): string {
  return format.isRightToLeft ? `\u2066${formula}\u2069` : formula;
}
