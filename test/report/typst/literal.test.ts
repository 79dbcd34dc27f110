import { expect, it } from 'vitest';
import { literal } from '#inkling/report/typst/literal.js';

it('escapes what ends a string, and nothing else', () => {
  expect(literal(String.raw`a "b" \c #d $e$`)).toBe(String.raw`"a \"b\" \\c #d $e$"`);
});

it('takes lines for spaces, and shows what cannot be shown', () => {
  expect(literal('a\nb\tc')).toBe('"a b c"');
  expect(literal('a\u0000b\u009fc\ud800d')).toBe('"a\ufffdb\ufffdc\ufffdd"');
  expect(literal('naïve 数 😀')).toBe('"naïve 数 😀"');
});
