import { $ZodObject, $ZodOptional, type $ZodIssue, type $ZodType } from 'zod/v4/core';
import en from 'zod/v4/locales/en.js';
import * as z from 'zod/mini';
import { describeType } from './checkPixels.js';
import { type ErrorClass, InklingError } from './errors.js';
import { unknownName } from './suggest.js';

// Unlike `zod`, `zod/mini`, which is much smaller in bundles, has no messages of its own.
z.config(en());

/**
 * Parses a value with a schema.
 *
 * @param who the name of the value, for error messages
 * @param Thrown the class of errors
 * @throws {InklingError} in one line that names each invalid field
 */
export function validate<Schema extends $ZodType>(
  schema: Schema,
  value: unknown,
  who: string,
  Thrown: ErrorClass = InklingError,
): z.output<Schema> {
  const result = z.safeParse(schema, value, { reportInput: true });
  if (result.success) return result.data;
  throw new Thrown(`${who}: ${result.error.issues.map((issue) => describeIssue(issue, schema)).join('; ')}`);
}

/** What is wrong with a value, and where in it. */
export function describeIssue(issue: $ZodIssue, schema: $ZodType): string {
  const path = issue.path.map(String).join('.');
  const prefix = path === '' ? '' : `${path}: `;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    const expected = known.length === 0 ? 'remove it' : undefined;
    return issue.keys.map((key) => prefix + unknownName('setting', key, known, expected)).join('; ');
  }
  if (issue.code === 'invalid_value' && typeof issue.input === 'string')
    return prefix + unknownName('value', issue.input, issue.values.map(String));
  return prefix + describeProblem(issue);
}

const TYPES: Readonly<Record<string, string>> = {
  array: 'an array',
  bigint: 'a whole number',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
  tuple: 'an array',
};
const BOUNDS: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
};

/** Zod's message in our words, with the value if its type or size is wrong. */
function describeProblem({ message, code, input }: $ZodIssue): string {
  const [expected] = message
    .replace(/^(Invalid input|Invalid option|Too small|Too big): /, '')
    .replace(/^expected (\w+)(?=,|$)/, (_, type: string) => `expected ${TYPES[type] ?? type}`)
    .replace(
      /^expected (?:number|int|bigint) to be ([<>]=?)/,
      (_, bound: string) => `expected ${BOUNDS[bound]} `,
    )
    .split(', received ');
  const hasValue =
    code === 'invalid_type' ||
    code === 'invalid_value' ||
    (code === 'invalid_union' && expected.startsWith('expected ')) ||
    (code.startsWith('too_') && typeof input !== 'string' && !Array.isArray(input));
  return hasValue ? `${expected}, got ${show(input)}` : expected;
}

const MAX_SHOWN = 40;

function show(value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_SHOWN) return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  return ['number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : describeType(value);
}

/** The keys of the object at a path of a schema. */
function keysAt(schema: $ZodType, path: readonly PropertyKey[]): string[] {
  if (schema instanceof $ZodOptional) return keysAt(schema._zod.def.innerType, path);
  if (!(schema instanceof $ZodObject)) return [];
  const { shape } = schema._zod.def;
  return path.length === 0 ? Object.keys(shape) : keysAt(shape[String(path[0])], path.slice(1));
}

/** An integer of at least 1, such as a number of channels. */
export const positiveInteger = z.int().check(z.minimum(1));
/** An integer of at least 0, such as a number of images. */
export const nonNegativeInteger = z.int().check(z.minimum(0));
export const positiveNumber = z.number().check(z.positive());
/** A number from 0 to 1, such as an accuracy. */
export const fraction = z.number().check(z.minimum(0), z.maximum(1));
export const nonEmptyString = z.string().check(z.minLength(1));
