/** Replaces `validate.ts` in the script of workers, which receives what the page has validated. */
import * as z from 'zod/mini';

export function validate(_schema: unknown, value: unknown): unknown {
  return value;
}

/** Not called: `validate` finds nothing. */
export function describeIssue(): string {
  return '';
}

export const positiveInteger = z.int();
export const nonNegativeInteger = z.int();
export const positiveNumber = z.number();
export const fraction = z.number();
export const nonEmptyString = z.string();
