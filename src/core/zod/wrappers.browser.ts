import { addType, isObject, isUsable, type Issue, Schema } from './schema.browser.js';
import { OptionalSchema } from './types.browser.js';

/* @__NO_SIDE_EFFECTS__ */
export function optional(inner: Schema): Schema {
  return new OptionalSchema(
    (value, issues) => (value === undefined ? value : inner.run(value, issues)),
    { innerType: inner },
    'optional',
  );
}

/** Of a property that may be absent, but not undefined. */
/* @__NO_SIDE_EFFECTS__ */
export function exactOptional(inner: Schema): Schema {
  return new OptionalSchema((value, issues) => inner.run(value, issues), { innerType: inner }, 'optional');
}

/* @__NO_SIDE_EFFECTS__ */
export function _default(inner: Schema, fallback: unknown): Schema {
  return new Schema(
    (value, issues) => (value === undefined ? fallback : inner.run(value, issues)),
    { innerType: inner },
    'provided',
  );
}

/* @__NO_SIDE_EFFECTS__ */
export function readonly(inner: Schema): Schema {
  return new Schema((value, issues) => Object.freeze(inner.run(value, issues)), {}, inner.absence);
}

/* @__NO_SIDE_EFFECTS__ */
export function lazy(inner: () => Schema): Schema {
  return new Schema((value, issues) => inner().run(value, issues));
}

/* @__NO_SIDE_EFFECTS__ */
export function transform(change: (value: unknown) => unknown): Schema {
  return new Schema(change, {}, 'provided');
}

/* @__NO_SIDE_EFFECTS__ */
export function pipe(first: Schema, second: Schema): Schema {
  return new Schema(
    (value, issues) => {
      const result = first.run(value, issues);
      return issues.length > 0 ? result : second.run(result, issues);
    },
    {},
    first.absence,
  );
}

/** The first schema that accepts a value. If only one accepts its type, its issues are the value's. */
/* @__NO_SIDE_EFFECTS__ */
export function union(
  options: readonly Schema[],
  { error = 'Invalid input' }: { readonly error?: string } = {},
): Schema {
  return new Schema((value, issues) => {
    const usable: { readonly result: unknown; readonly own: readonly Issue[] }[] = [];
    for (const option of options) {
      const own: Issue[] = [];
      const result = option.run(value, own);
      if (own.length === 0) return result;
      if (isUsable(own)) usable.push({ result, own });
    }
    if (usable.length === 1) {
      issues.push(...usable[0].own);
      return usable[0].result;
    }
    issues.push({ code: 'invalid_union', path: [], message: error, input: value });
    return value;
  });
}

/** The schema with the value of a key. */
/* @__NO_SIDE_EFFECTS__ */
export function discriminatedUnion(key: string, options: readonly Schema[]): Schema {
  const all = new Map(
    options.flatMap((option) => (option.shape?.[key].def.values ?? []).map((value) => [value, option])),
  );
  return new Schema((value, issues) => {
    if (!isObject(value)) {
      addType('object', value, issues);
      return value;
    }
    const option = all.get(value[key]);
    if (option !== undefined) return option.run(value, issues);
    const expected = [...all.keys()].map((name) => `'${String(name)}'`).join(' | ');
    issues.push({
      code: 'invalid_union',
      path: [key],
      message: `Invalid discriminator value. Expected ${expected}`,
    });
    return value;
  });
}
