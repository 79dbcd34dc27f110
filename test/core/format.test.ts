import { describe, expect, it } from 'vitest';
import {
  formatCount,
  formatLoss,
  formatMegabytes,
  formatPercent,
  formatPlural,
  formatSeconds,
} from '#inkling/core/format.js';

describe('formatSeconds', () => {
  it.each([
    [0, '0.0 s'],
    [9.44, '9.4 s'],
    [59.94, '59.9 s'],
    [59.96, '1:00 min'],
    [65, '1:05 min'],
    [3599.6, '1:00:00 h'],
    [7389, '2:03:09 h'],
  ])('%f seconds', (seconds, text) => {
    expect(formatSeconds(seconds)).toBe(text);
  });
});

it('formats numbers for readers', () => {
  expect(formatCount(54_000.4)).toBe('54,000');
  expect(formatPercent(0.98743)).toBe('98.74 %');
  expect(formatLoss(0.03714)).toBe('0.0371');
  expect(formatMegabytes(101_544)).toBe('0.10 MB');
  expect([1, 2000].map((count) => formatPlural(count, 'epoch'))).toEqual(['1 epoch', '2,000 epochs']);
});
