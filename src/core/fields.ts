import type * as z from 'zod';

/**
 * An optional field with documentation. Parsed records stay as they are written: the code that reads the field fills in the
 * default.
 *
 * @param fallback the default, as a value or, if it depends on something else, as text
 */
export function optional<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  fallback: { readonly default: unknown } | { readonly defaultText: string },
): z.ZodOptional<Schema> {
  return schema.optional().meta({ description, ...fallback });
}
