import * as z from 'zod/mini';

/**
 * An optional field with documentation. Parsed records stay as they are written: the code that reads the field fills in the
 * default.
 *
 * @param fallback the default, as a value or, if it depends on something else, as text
 */
export function optional<Schema extends z.ZodMiniType>(
  schema: Schema,
  description: string,
  fallback: { readonly default: unknown } | { readonly defaultText: string },
): z.ZodMiniOptional<Schema> {
  return z.optional(schema).check(z.meta({ description, ...fallback }));
}
