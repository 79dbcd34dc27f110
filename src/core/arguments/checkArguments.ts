import { describeType } from '../checkPixels.js';
import { UsageError } from '../errors.js';
import { hasField } from './kinds.js';

/** Arguments that several functions take: the fields that they have, and what returns one. */
const KINDS = {
  model: { what: 'a model', fields: ['layers', 'input'], source: "preset('mlp', …)" },
  saved: {
    what: 'a trained model',
    fields: ['model', 'weights', 'classes'],
    source: '(await fit(…)).best',
  },
  dataset: {
    what: 'a data set',
    fields: ['train', 'test', 'classes', 'shape'],
    source: "await loadDataset({ name: 'mnist' })",
  },
} as const;

/**
 * Checks arguments by name, since programs in JavaScript may pass anything, such as a promise that they did not await.
 *
 * @param who the function that received them
 * @throws {UsageError} for the first that is something else
 */
export function checkArguments(
  who: string,
  given: Readonly<Partial<Record<keyof typeof KINDS, unknown>>>,
): void {
  for (const [name, { what, fields, source }] of Object.entries(KINDS)) {
    if (!Object.hasOwn(given, name)) continue;
    const value = given[name as keyof typeof KINDS];
    const missing = fields.filter((field) => !hasField(value, field));
    if (missing.length === 0) continue;
    const lacking = missing.length < fields.length ? ` without ${missing.join(', ')}` : '';
    throw new UsageError(
      `${who}: ${name}: expected ${what}, such as ${source}, got ${describeType(value)}${lacking}`,
    );
  }
}

/**
 * Checks an argument that is an array.
 *
 * @param who the function and the name of the argument
 * @param expected what it contains
 * @throws {UsageError} for anything else
 */
export function checkArray(who: string, value: unknown, expected: string): void {
  if (Array.isArray(value)) return;
  throw new UsageError(`${who}: expected an array of ${expected}, got ${describeType(value)}`);
}
