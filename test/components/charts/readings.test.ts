import { expect, test } from 'vitest';
import { chartScale, type Series } from '../../../src/components/charts/chartScale.js';
import { nearestEpoch, nextEpoch, readingsAt } from '../../../src/components/charts/readings.js';

/** The loss within epochs, that of the validation after each, and that of a shorter run. */
const train: Series = { title: 'training', tone: 'main', epochs: [0.5, 1.2, 2.3, 3], values: [9, 8, 7, 6] };
const validation: Series = { title: 'validation', tone: 'other', values: [5, 4, 3] };
const short: Series = { title: 'short', tone: 'faint', values: [2] };
const all = [train, validation, short];

test.each([
  [0.5, { training: [0.5, 9], validation: [1, 5], short: [1, 2] }],
  [1, { training: [1.2, 8], validation: [1, 5], short: [1, 2] }],
  [2.3, { training: [2.3, 7], validation: [2, 4] }],
  [3, { training: [3, 6], validation: [3, 3] }],
])('at epoch %d, shows the nearest values that are less than an epoch away', (epoch, expected) => {
  const found = readingsAt(all, epoch).map((each) => [each.series.title, [each.epoch, each.value]]);
  expect(Object.fromEntries(found)).toEqual(expected);
});

test('moves from each epoch with a value to the next, and stops at the ends', () => {
  const visited = [0.5];
  while (visited.length < 9) visited.push(nextEpoch(all, visited[visited.length - 1], 1));
  expect(visited).toEqual([0.5, 1, 1.2, 2, 2.3, 3, 3, 3, 3]);
  expect(nextEpoch(all, 2, -1)).toBe(1.2);
  expect(nextEpoch(all, 0.5, -1)).toBe(0.5);
});

test('a pointer selects the nearest epoch with a value', () => {
  const { x, epochAt, from, to } = chartScale(all, 1);
  expect([from, to]).toEqual([0.5, 3]);
  for (const epoch of [0.5, 1.2, 3]) expect(epochAt(x(epoch))).toBeCloseTo(epoch);
  expect(nearestEpoch(all, epochAt(x(2.3) + 3))).toBe(2.3);
  expect(nearestEpoch(all, -100)).toBe(0.5);
  expect(nearestEpoch([{ ...short, values: [] }], 1)).toBeUndefined();
});
