import { listNames } from '../suggest.js';

/** What an argument or an option can be. */
export interface Kind {
  /** Follows `expected`, in error messages. */
  readonly what: string;
  readonly accepts: (value: unknown) => boolean;
}

/** A value that is checked where it is used. */
export const anything: Kind = { what: 'a value', accepts: () => true };

/** Text that may be empty. */
export const string: Kind = { what: 'a string', accepts: (value) => typeof value === 'string' };

export const text: Kind = { what: 'a string that is not empty', accepts: isText };

export const path: Kind = { what: 'a path, as a string that is not empty', accepts: isText };

/** How many of something: of threads, classes, or images. */
export const count: Kind = {
  what: 'a whole number of at least 1',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 1,
};

/** A number that may be 0, such as a seed or an index. */
export const index: Kind = {
  what: 'a whole number of at least 0',
  accepts: (value) => Number.isInteger(value) && Number(value) >= 0,
};

export const finiteNumber: Kind = { what: 'a finite number', accepts: Number.isFinite };

export const flag: Kind = { what: 'true or false', accepts: (value) => typeof value === 'boolean' };

export const callback: Kind = { what: 'a function', accepts: (value) => typeof value === 'function' };

export const signal: Kind = { what: 'an AbortSignal', accepts: (value) => hasField(value, 'aborted') };

/** An object, of which what it contains is checked where it is used. */
export const object: Kind = {
  what: 'an object',
  accepts: isObject,
};

export const bytes: Kind = { what: 'a Uint8Array', accepts: (value) => value instanceof Uint8Array };

export const resolvedModel: Kind = {
  what: 'a resolved model, such as resolveModel(model)',
  accepts: (value) => hasField(value, 'allLayers'),
};

export const names: Kind = { what: 'an array of names', accepts: Array.isArray };

/** Many values, of which each is checked where it is used. Bytes and pixels are one value. */
export const iterable: Kind = {
  what: 'an array, or anything to iterate over',
  accepts: (value) =>
    (hasField(value, Symbol.iterator) || hasField(value, Symbol.asyncIterator)) && !ArrayBuffer.isView(value),
};

/** Whether a value is an object with a field. */
export function hasField<Field extends PropertyKey>(
  value: unknown,
  field: Field,
): value is Record<Field, unknown> {
  return isObject(value) && field in value;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** One of a few names. */
export function oneOf(names: readonly string[]): Kind {
  return { what: listNames(names), accepts: (value) => names.some((name) => name === value) };
}
