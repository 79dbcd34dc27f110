/**
 * Replaces Zod in the library's bundles for browsers, where it would be a sixth of what a page downloads: the part of `zod/mini` that
 * Inkling uses, with the same results and messages, in a fifth of the size. `test/core/zod` compares the two.
 */
import type { Issue, Schema } from './schema.browser.js';

export * from './checks.browser.js';
export { ObjectSchema as $ZodObject, OptionalSchema as $ZodOptional } from './types.browser.js';
export * from './types.browser.js';
export * from './wrappers.browser.js';

type Result =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };

export function safeParse(schema: Schema, value: unknown): Result {
  const issues: Issue[] = [];
  const data = schema.run(value, issues);
  return issues.length === 0 ? { success: true, data } : { success: false, error: { issues } };
}

/** Registries only document schemas. */
/* @__NO_SIDE_EFFECTS__ */
export const registry = (): undefined => undefined;

/** The messages have one language. */
/* @__NO_SIDE_EFFECTS__ */
export const config = (): undefined => undefined;
export default config;
