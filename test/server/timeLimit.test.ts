import { expect, test } from 'vitest';
import { Problem } from '#inkling/server/problem.js';
import { withTimeLimit } from '#inkling/server/timeLimit.js';

test('returns the result of a task that completes in time', async () => {
  expect(await withTimeLimit(10_000, () => Promise.resolve(7))).toBe(7);
  await expect(withTimeLimit(10_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('rejects when the time is up, and aborts the task', async () => {
  let received: AbortSignal | undefined;
  const never = withTimeLimit(20, (signal) => {
    received = signal;
    return new Promise(() => undefined);
  });
  await expect(never).rejects.toEqual(
    new Problem(503, 'the request takes longer than 0.02 s; try again in 5 s', 5),
  );
  expect(received?.aborted).toBe(true);
});
