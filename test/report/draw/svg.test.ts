import { expect, test } from 'vitest';
import { label, shorten } from '#inkling/report/draw/svg.js';

test('text is truncated by user-perceived characters and escaped', () => {
  expect(shorten('abc', 3)).toBe('abc');
  expect(shorten('abcd', 3)).toBe('ab…');
  expect(shorten('🇩🇪👩‍👩‍👧é!', 3)).toBe('🇩🇪👩‍👩‍👧…');
  expect(label(1, 2, '<&>')).toContain('>&lt;&amp;&gt;</text>');
});
