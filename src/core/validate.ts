import { z } from 'zod';
import { InklingError } from './errors.js';
import { didYouMean } from './suggest.js';

/**
 * The value as the schema describes it.
 *
 * @param who what is checked, to begin the error with
 * @throws {InklingError} in one line that names each field that is wrong, and how
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  who: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  throw new InklingError(`${who}: ${result.error.issues.map((issue) => describe(issue, known)).join('; ')}`);
}

function describe(issue: z.core.$ZodIssue, known: readonly string[]): string {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `unknown setting "${key}".${didYouMean(key, known)}`).join(' ');
  }
  const path = issue.path.map(String).join('.');
  const message = issue.message.replace(/^Invalid input: /, '').replace(/^Too (small|big): /, '');
  return path === '' ? message : `${path}: ${message}`;
}

/** A whole number of at least 1, such as a number of channels. */
export const positiveInteger = z.int().min(1);
