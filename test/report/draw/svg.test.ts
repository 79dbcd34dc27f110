import { expect, test } from 'vitest';
import { label, shorten, shortenApart } from '#inkling/report/draw/svg.js';

test('text is truncated by user-perceived characters and escaped', () => {
  expect(shorten('abc', 3)).toBe('abc');
  expect(shorten('abcd', 3)).toBe('ab…');
  expect(shorten('🇩🇪👩‍👩‍👧é!', 3)).toBe('🇩🇪👩‍👩‍👧…');
  expect(label(1, 2, '<&>')).toContain('>&lt;&amp;&gt;</text>');
});

test('texts that would become the same are truncated in the middle', () => {
  expect(shortenApart(['lenet5', 'efficientnet-lite0'], 14)).toEqual(['lenet5', 'efficientnet-…']);
  expect(shortenApart(['efficientnet-1', 'efficientnet-lite0-1', 'efficientnet-lite0-2'], 14)).toEqual([
    'efficientnet-1',
    'effi…t-lite0-1',
    'effi…t-lite0-2',
  ]);
  expect(shortenApart(['same text', 'same text'], 5)).toEqual(['same…', 'same…']);
});
