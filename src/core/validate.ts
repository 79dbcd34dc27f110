import * as z from 'zod';
import { InklingError } from './errors.js';
import { didYouMean } from './suggest.js';

/**
 * Parses a value with a schema.
 *
 * @param who the name of the value, for error messages
 * @throws {InklingError} in one line that names each invalid field
 */
export function validate<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  who: string,
): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InklingError(`${who}: ${result.error.issues.map((issue) => describe(issue, schema)).join('; ')}`);
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    const within = path === '' ? '' : `${path}.`;
    return issue.keys.map((key) => `unknown setting "${within}${key}".${didYouMean(key, known)}`).join(' ');
  }
  const message = issue.message.replace(/^Invalid input: /, '').replace(/^Too (small|big): /, '');
  return path === '' ? message : `${path}: ${message}`;
}

/** The keys of the object at a path of a schema. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  if (schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  return path.length === 0 ? Object.keys(shape) : keysAt(shape[String(path[0])], path.slice(1));
}

/** An integer of at least 1, such as a number of channels. */
export const positiveInteger = z.int().min(1);
