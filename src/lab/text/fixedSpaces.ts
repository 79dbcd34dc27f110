/**
 * Spaces at which no line may break: within dimensions, between a number and its unit, before three dots, and within abbreviations such as
 * “z. B.”.
 */
const FIXED =
  / (?=×|%|…)|(?<=×) (?=\p{Nd})|(?<=\p{Nd}) (?=(?:s|ms|min|kB|KB|MB|GB)(?!\p{L}))|(?<=(?<!\p{L})\p{L}\.) (?=\p{L}\.)/gu;
const NO_BREAK_SPACE = '\u00a0';

/** Replaces the spaces of all texts at which no line may break, also of those that functions return. */
export function withFixedSpaces<Texts>(texts: Texts): Texts {
  // Only spaces change.
  return fixed(texts) as Texts;
}

function fixed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(FIXED, NO_BREAK_SPACE);
  if (isFunction(value)) return (...values: readonly unknown[]) => fixed(value(...values));
  if (Array.isArray(value)) return value.map(fixed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fixed(each)]));
}

function isFunction(value: unknown): value is (...values: readonly unknown[]) => unknown {
  return typeof value === 'function';
}
