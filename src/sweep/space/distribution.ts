/** A value of a setting as in JSON; `null` leaves the setting out, so that it has its default. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** One of several values, all equally likely. */
export interface Choice {
  readonly kind: 'choice';
  readonly choices: readonly Value[];
}

/** Numbers from `low` to `high`, both included: uniform, or uniform in their logarithm. */
export interface Range {
  readonly kind: 'int' | 'float';
  readonly low: number;
  readonly high: number;
  /** The values are `low`, `low + step`, …; undefined for every number in the range. Integers have a step, floats with `log` have none. */
  readonly step: number | undefined;
  readonly log: boolean;
}

/** The values that a setting can have, and how they are distributed before there are any results. */
export type Distribution = Choice | Range;

export function areEqual(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return JSON.stringify(a) === JSON.stringify(b);
}

/**
 * The value at a position of a distribution, which is uniform in the position.
 *
 * @param unit from 0 to 1, without 1
 */
export function valueAt(distribution: Distribution, unit: number): Value {
  if (distribution.kind === 'choice') {
    return distribution.choices[Math.floor(unit * distribution.choices.length)];
  }
  const { step, log } = distribution;
  if (step !== undefined && !log)
    return steppedValue(distribution, Math.floor(unit * valueCount(distribution)));
  const [from, to] = boundsOf(distribution);
  const number = from + unit * (to - from);
  return nearestValue(distribution, log ? Math.exp(number) : number);
}

/** The number of values of a range with a step. */
export function valueCount({ low, high, step = 1 }: Range): number {
  return Math.floor((high - low) / step + 1e-9) + 1;
}

/** Decimal steps add up to decimal numbers. */
export function steppedValue({ low, step = 1 }: Range, index: number): number {
  return Number((low + index * step).toPrecision(12));
}

/** The value of a range that is closest to a number. */
export function nearestValue(range: Range, number: number): number {
  const { low, high, step } = range;
  if (step === undefined) return Math.min(Math.max(number, low), high);
  const index = Math.round((number - low) / step);
  return steppedValue(range, Math.min(Math.max(index, 0), valueCount(range) - 1));
}

/**
 * The bounds of what is rounded to the values of a range: half a step beyond the first and the last value; their logarithms if the
 * values are distributed in the logarithm.
 */
export function boundsOf({ low, high, step = 0, log }: Range): [low: number, high: number] {
  const bounds = [low - step / 2, high + step / 2] as const;
  return log ? [Math.log(bounds[0]), Math.log(bounds[1])] : [...bounds];
}

/** A value as a number: that of a range itself, or the index of a choice. */
export function encodeValue(distribution: Distribution, value: Value): number {
  if (distribution.kind === 'choice') {
    return distribution.choices.findIndex((choice) => areEqual(choice, value));
  }
  return Number(value);
}

export function decodeValue(distribution: Distribution, number: number): Value {
  return distribution.kind === 'choice' ? distribution.choices[number] : number;
}
