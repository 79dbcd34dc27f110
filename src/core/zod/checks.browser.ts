import type { Check, Issue } from './schema.browser.js';

/** A check that adds a message if its condition does not hold. */
function checkThat(message: string, holds: (value: never) => boolean, code = 'custom'): Check {
  return {
    run(value, issues) {
      // A check is only added to a schema of the type that it checks.
      if (!holds(value as never)) issues.push({ code, path: [], message, input: value, continue: true });
    },
  };
}

const tooSmall = (bound: string, holds: (value: number) => boolean) =>
  checkThat(`Too small: expected number to be ${bound}`, holds, 'too_small');
const tooBig = (bound: string, holds: (value: number) => boolean) =>
  checkThat(`Too big: expected number to be ${bound}`, holds, 'too_big');

export const minimum = (bound: number): Check => tooSmall(`>=${bound}`, (value) => value >= bound);
export const maximum = (bound: number): Check => tooBig(`<=${bound}`, (value) => value <= bound);
export const positive = (): Check => tooSmall('>0', (value) => value > 0);
export const lt = (bound: number): Check => tooBig(`<${bound}`, (value) => value < bound);

/** Checks that a number is an integer that is represented exactly. */
export const isInteger: Check = {
  run(value, issues) {
    if (!Number.isInteger(value)) {
      issues.push({
        code: 'invalid_type',
        path: [],
        message: 'Invalid input: expected int',
        input: value,
      });
    } else if (!Number.isSafeInteger(value)) {
      const { MAX_SAFE_INTEGER, MIN_SAFE_INTEGER } = Number;
      const issue: Pick<Issue, 'code' | 'message'> =
        Number(value) > 0
          ? { code: 'too_big', message: `Too big: expected int to be <=${MAX_SAFE_INTEGER}` }
          : { code: 'too_small', message: `Too small: expected int to be >=${MIN_SAFE_INTEGER}` };
      issues.push({ ...issue, path: [], input: value, continue: true });
    }
  },
};

/** The length of text in code points, of an array, or of anything else that has one. */
function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return Array.from(value).length;
  const { length } = (value ?? {}) as { readonly length?: number };
  return length;
}

/** Judges values of another type too, if they have a length. */
export function minLength(bound: number): Check {
  return {
    when: (value) => lengthOf(value) !== undefined,
    run(value, issues) {
      if (Number(lengthOf(value)) >= bound) return;
      let expected = `unknown to be >=${bound}`;
      if (typeof value === 'string') expected = `string to have >=${bound} characters`;
      if (Array.isArray(value)) expected = `array to have >=${bound} items`;
      issues.push({
        code: 'too_small',
        path: [],
        message: `Too small: expected ${expected}`,
        input: value,
        continue: true,
      });
    },
  };
}

export const regex = (pattern: RegExp, message = `Invalid string: must match pattern ${pattern}`): Check =>
  checkThat(message, (value: string) => pattern.test(value), 'invalid_format');

export const refine = (holds: (value: never) => boolean, { error }: { readonly error: string }): Check =>
  checkThat(error, holds);

/** A day that exists, such as `2026-11-29`. */
export const isDate = checkThat(
  'Invalid ISO date',
  (value: string) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
    const time = Date.parse(`${value}T00:00Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
  },
  'invalid_format',
);

export const isBase64 = checkThat(
  'Invalid base64-encoded string',
  (value: string) => {
    if (/\s/.test(value) || value.length % 4 !== 0) return false;
    try {
      atob(value);
      return true;
    } catch {
      return false;
    }
  },
  'invalid_format',
);

/** These only document a schema. */
export const describe = (): undefined => undefined;
export const meta = describe;
