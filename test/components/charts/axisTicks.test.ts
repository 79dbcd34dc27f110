import { expect, test } from 'vitest';
import { axisTicks } from '../../../src/components/charts/axisTicks.js';

test.each([
  [0.061, 0.148, [0.05, 0.1, 0.15]],
  [95.2, 98, [95, 96, 97, 98]],
  [0, 0, [0, 0.5]],
  [Infinity, -Infinity, [0, 1]],
])('covers %s to %s with round numbers', (low, high, ticks) => {
  expect(axisTicks(low, high)).toEqual(ticks);
});
