import type { z } from 'zod';

/**
 * A field that may be left out. Records stay as they are written, so the code that reads the field fills in the default.
 *
 * @param fallback the default, as a value or as text for the documentation
 */
export function optional<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  fallback: { readonly default: unknown } | { readonly defaultText: string },
): z.ZodOptional<Schema> {
  return schema.optional().meta({ description, ...fallback });
}
