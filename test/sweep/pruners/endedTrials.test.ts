import { expect, it } from 'vitest';
import { EndedTrials, SortedNumbers } from '#inkling/sweep/pruners/endedTrials.js';
import type { Trial } from '#inkling/sweep/trial.js';

function trial(number: number, state: Trial['state']): Trial {
  return { number, state, params: {}, epochs: new Map(), value: 1, run: undefined, error: undefined };
}

it('reports each trial once when it has ended, in whatever order, and those that are running', () => {
  const ended: number[] = [];
  const follower = new EndedTrials(
    () => ended.push(-1),
    ({ number }) => ended.push(number),
  );
  const numbersOf = (trials: readonly Trial[]) => trials.map(({ number }) => number);
  const trials = [trial(0, 'running'), trial(1, 'running'), trial(2, 'failed')];
  expect(numbersOf(follower.follow(trials))).toEqual([0, 1]);
  trials[1] = trial(1, 'pruned');
  trials.push(trial(3, 'running'));
  expect(numbersOf(follower.follow(trials))).toEqual([0, 3]);
  trials[3] = trial(3, 'complete');
  trials[0] = trial(0, 'complete');
  expect(numbersOf(follower.follow(trials))).toEqual([]);
  expect(ended).toEqual([-1, 2, 1, 0, 3]);
  expect(numbersOf(follower.follow([trial(0, 'running')]))).toEqual([0]);
  expect(ended.at(-1)).toBe(-1);
});

it('sorts numbers as they come', () => {
  const sorted = new SortedNumbers();
  for (const value of [3, 1, 2, 2, 5]) sorted.add(value);
  expect(sorted.values).toEqual([1, 2, 2, 3, 5]);
  expect([0, 1, 2, 2.5, 6].map((limit) => sorted.countBelow(limit))).toEqual([0, 0, 1, 3, 5]);
});
