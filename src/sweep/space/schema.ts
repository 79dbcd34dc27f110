import * as z from 'zod';
import { InklingError } from '../../core/errors.js';
import { positiveInteger, positiveNumber, validate } from '../../core/validate.js';
import { type Distribution, steppedValue, type Range, valueCount } from './distribution.js';
import type { Conditions } from './space.js';

const value = z.json();
const values = z.array(value).min(1, 'expected at least one value, got none; add one, or remove the setting');
const conditions = z.record(z.string(), values).optional();

/** The forms of a distribution in a space file, by the key that only one of them has. */
const FORMS = {
  choice: z.strictObject({ choice: values, when: conditions }),
  int: z.strictObject({
    int: z.tuple([z.int(), z.int()]),
    step: z.optional(positiveInteger),
    log: z.boolean().optional(),
    when: conditions,
  }),
  float: z.strictObject({
    float: z.tuple([z.number(), z.number()]),
    step: z.optional(positiveNumber),
    log: z.boolean().optional(),
    when: conditions,
  }),
};

/** What a space file states about a setting that varies. */
export interface Varied {
  readonly distribution: Distribution;
  readonly when: Conditions;
}

/**
 * Parses the distribution of a setting.
 *
 * @param who the file and the setting, for error messages
 * @returns undefined for anything but an object with one of the keys `choice`, `int`, and `float`
 * @throws {InklingError} when it is invalid
 */
export function parseVaried(varied: unknown, who: string): Varied | undefined {
  if (typeof varied !== 'object' || varied === null) return undefined;
  if ('choice' in varied) {
    const { choice, when = {} } = validate(FORMS.choice, varied, who);
    const texts = choice.map((each) => JSON.stringify(each));
    const twice = texts.find((text, index) => texts.indexOf(text) !== index);
    if (twice !== undefined) {
      throw new InklingError(`${who}: choice: expected different values, got ${twice} twice; remove one`);
    }
    return { distribution: { kind: 'choice', choices: choice }, when };
  }
  if ('int' in varied) {
    const { int, step = 1, when = {}, ...rest } = validate(FORMS.int, varied, who);
    return { distribution: rangeOf({ kind: 'int', ends: int, step, ...rest }, 'step' in varied, who), when };
  }
  if (!('float' in varied)) return undefined;
  const { float, step, when = {}, ...rest } = validate(FORMS.float, varied, who);
  return {
    distribution: rangeOf({ kind: 'float', ends: float, step, ...rest }, 'step' in varied, who),
    when,
  };
}

interface StatedRange {
  readonly kind: Range['kind'];
  readonly ends: readonly [number, number];
  readonly step: number | undefined;
  readonly log?: boolean | undefined;
}

function rangeOf(
  { kind, ends: [low, high], step, log = false }: StatedRange,
  hasStep: boolean,
  who: string,
): Range {
  const got = `[${low}, ${high}]`;
  if (low >= high) {
    throw new InklingError(
      `${who}: ${kind}: expected [low, high] with low below high, got ${got}; swap them, or state one value`,
    );
  }
  if (log && low <= 0) {
    throw new InklingError(
      `${who}: ${kind}: expected low above 0, as "log" requires, got ${got}; increase it, or remove "log"`,
    );
  }
  if (log && hasStep) {
    throw new InklingError(`${who}: expected "log" or "step", got both; remove one`);
  }
  const range = { kind, low, high, step, log };
  if (step === undefined) return range;
  const count = valueCount(range);
  if (count < 2) {
    throw new InklingError(
      `${who}: step: expected at most ${high - low}, the size of the range, got ${step}; decrease it`,
    );
  }
  // The last value that the steps reach.
  return { ...range, high: steppedValue(range, count - 1) };
}
