import { expect, it } from 'vitest';
import { literal } from '#inkling/report/typst/literal.js';

it('escapes quotes and backslashes only', () => {
  expect(literal(String.raw`a "b" \c #d $e$`)).toBe(String.raw`"a \"b\" \\c #d $e$"`);
});

it('replaces whitespace with spaces, and control characters and surrogates with U+FFFD', () => {
  expect(literal('a\nb\tc')).toBe('"a b c"');
  expect(literal('a\u0000b\u009fc\ud800d\u202e')).toBe('"a\ufffdb\ufffdc\ufffdd\ufffd"');
  expect(literal('naïve 数 😀')).toBe('"naïve 数 😀"');
});
