import { isBase64, isDate, isInteger } from './checks.browser.js';
import { addType, isObject, type Issue, type Others, Schema } from './schema.browser.js';

type Shape = Readonly<Record<string, Schema>>;

export class ObjectSchema extends Schema {}
export class OptionalSchema extends Schema {}

/** A schema of the values for which a function is true. */
function typed(expected: string, isOfType: (value: unknown) => boolean): Schema {
  return new Schema((value, issues) => {
    if (!isOfType(value)) addType(expected, value, issues);
    return value;
  });
}

/* @__NO_SIDE_EFFECTS__ */
export const unknown = (): Schema => new Schema((value) => value);
/* @__NO_SIDE_EFFECTS__ */
export const boolean = (): Schema => typed('boolean', (value) => typeof value === 'boolean');
/* @__NO_SIDE_EFFECTS__ */
export const number = (): Schema => typed('number', Number.isFinite);
/* @__NO_SIDE_EFFECTS__ */
export const int = (): Schema => number().check(isInteger);
/* @__NO_SIDE_EFFECTS__ */
export const string = (): Schema => typed('string', (value) => typeof value === 'string');
/* @__NO_SIDE_EFFECTS__ */
export const base64 = (): Schema => string().check(isBase64);
export const iso = { date: /* @__NO_SIDE_EFFECTS__ */ (): Schema => string().check(isDate) };

/** One of some values. */
/* @__NO_SIDE_EFFECTS__ */
function oneOf(values: readonly unknown[]): Schema {
  const quoted = values.map((value) => (typeof value === 'string' ? `"${value}"` : String(value)));
  const message =
    values.length === 1
      ? `Invalid input: expected ${quoted[0]}`
      : `Invalid option: expected one of ${quoted.join('|')}`;
  return new Schema(
    (value, issues) => {
      if (!values.includes(value))
        issues.push({ code: 'invalid_value', path: [], message, input: value, values });
      return value;
    },
    { values },
  );
}

/* @__NO_SIDE_EFFECTS__ */
export const literal = (value: unknown): Schema => oneOf([value]);
export { oneOf as enum };

/* @__NO_SIDE_EFFECTS__ */
export function array(element: Schema): Schema {
  return new Schema((value, issues) => {
    if (Array.isArray(value)) return Array.from(value, (item, index) => element.runAt(index, item, issues));
    addType('array', value, issues);
    return value;
  });
}

/* @__NO_SIDE_EFFECTS__ */
export function tuple(items: readonly Schema[]): Schema {
  return new Schema((value, issues) => {
    if (!Array.isArray(value)) {
      addType('tuple', value, issues);
      return value;
    }
    const given: readonly unknown[] = value;
    const { length } = items;
    if (given.length !== length) {
      const [size, sign] = given.length < length ? ['small', '>='] : ['big', '<='];
      const message = `Too ${size}: expected array to have ${sign}${length} items`;
      issues.push({ code: `too_${size}`, path: [], message, input: value });
      if (given.length < length) return given;
    }
    return items.map((item, index) => item.runAt(index, given[index], issues));
  });
}

/* @__NO_SIDE_EFFECTS__ */
export function record(_key: Schema, schema: Schema): Schema {
  return new Schema((value, issues) => {
    if (!isObject(value)) {
      addType('record', value, issues);
      return value;
    }
    const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
    return Object.fromEntries(entries.map(([key, item]) => [key, schema.runAt(key, item, issues)]));
  });
}

function objectOf(shape: Shape, others: Others): Schema {
  return new ObjectSchema(
    (value, issues) => {
      if (!isObject(value)) {
        addType('object', value, issues);
        return value;
      }
      const result: Record<string, unknown> = {};
      for (const [key, schema] of Object.entries(shape)) parseProperty(schema, key, value, result, issues);
      const unknownKeys: string[] = [];
      for (const key in value) {
        if (Object.hasOwn(shape, key)) continue;
        if (others === 'invalid') unknownKeys.push(key);
        else if (others === 'kept' && key !== '__proto__') result[key] = value[key];
      }
      if (unknownKeys.length > 0) {
        const message = `Unrecognized key${unknownKeys.length > 1 ? 's' : ''}: ${unknownKeys.map((key) => `"${key}"`).join(', ')}`;
        issues.push({ code: 'unrecognized_keys', path: [], message, keys: unknownKeys, continue: true });
      }
      return result;
    },
    { shape, others },
  );
}

function parseProperty(
  schema: Schema,
  key: string,
  value: Readonly<Record<string, unknown>>,
  result: Record<string, unknown>,
  issues: Issue[],
): void {
  const isPresent = key in value;
  if (!isPresent && schema.absence === 'optional') return;
  const own: Issue[] = [];
  const parsed = schema.runAt(key, value[key], own);
  issues.push(...own);
  if (isPresent || schema.absence === 'provided') result[key] = parsed;
  else if (own.length === 0) addType('nonoptional', undefined, issues);
}

/* @__NO_SIDE_EFFECTS__ */
export const object = (shape: Shape): Schema => objectOf(shape, 'dropped');
/* @__NO_SIDE_EFFECTS__ */
export const strictObject = (shape: Shape): Schema => objectOf(shape, 'invalid');
/* @__NO_SIDE_EFFECTS__ */
export const looseObject = (shape: Shape): Schema => objectOf(shape, 'kept');

/* @__NO_SIDE_EFFECTS__ */
export function omit({ def }: Schema, keys: Readonly<Record<string, true>>): Schema {
  const { shape = {}, others = 'dropped' } = def;
  return objectOf(
    Object.fromEntries(Object.entries(shape).filter(([key]) => !Object.hasOwn(keys, key))),
    others,
  );
}
