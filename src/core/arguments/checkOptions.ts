import { describeType } from '../checkPixels.js';
import { UsageError } from '../errors.js';
import { unknownName } from '../suggest.js';
import type { Kind } from './kinds.js';

/** The kind of each option of a function. */
export type OptionKinds<Options> = { readonly [Name in keyof Options]-?: Kind };

/**
 * Checks the options of a function, since programs in JavaScript may pass anything. Options that are undefined have their defaults.
 *
 * @param who the function
 * @param example of the options, for a function that needs some
 * @throws {UsageError} when they are not an object, and for the first that is unknown or of another kind
 */
export function checkOptions<Options extends object>(
  who: string,
  options: Options,
  kinds: OptionKinds<Options>,
  example?: string,
): void {
  checkObject(who, options, example);
  const known: Readonly<Record<string, Kind>> = kinds;
  const given: [string, unknown][] = Object.entries(options);
  for (const [name, value] of given) {
    if (!Object.hasOwn(known, name)) {
      throw new UsageError(`${who}: ${unknownName('option', name, Object.keys(known))}`);
    }
    if (value !== undefined) checkKind(`${who}: ${name}`, value, known[name]);
  }
}

/**
 * Checks arguments of a function, each by its name.
 *
 * @throws {UsageError} for the first of another kind
 */
export function checkValues<Name extends string>(
  who: string,
  values: Readonly<Record<Name, unknown>>,
  kinds: Readonly<Record<NoInfer<Name>, Kind>>,
): void {
  for (const [name, value] of Object.entries<unknown>(values)) {
    checkKind(`${who}: ${name}`, value, kinds[name as Name]);
  }
}

/** @throws {UsageError} unless options are an object */
export function checkObject(who: string, options: unknown, example?: string): void {
  if (typeof options === 'object' && options !== null) return;
  const such = example === undefined ? '' : `, such as ${example}`;
  throw new UsageError(`${who}: expected options${such}, got ${describeType(options)}`);
}

function checkKind(who: string, value: unknown, { what, accepts }: Kind): void {
  if (accepts(value)) return;
  throw new UsageError(`${who}: expected ${what}, got ${show(value)}`);
}

function show(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? 'a long string' : JSON.stringify(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : describeType(value);
}
