import { expect, test } from 'vitest';
import { formatRunState, runStateOf } from '#inkling/runs/runState.js';

test('a run without a summary is running if it recorded an event within the last minute', () => {
  expect(runStateOf(undefined, Date.now() - 50_000)).toBe('running');
  expect(runStateOf(undefined, Date.now() - 70_000)).toBe('unfinished');
  expect(runStateOf(undefined, undefined)).toBe('unfinished');
});

test.each([
  ['completed', 'done'],
  ['early', 'stopped early'],
  ['diverged', 'diverged'],
  ['running', 'running'],
] as const)('formats %s as "%s"', (state, text) => {
  expect(formatRunState(state)).toBe(text);
});
