import { expect, test } from 'vitest';
import { Problem } from '#inkling/server/problem.js';
import { withTimeLimit } from '#inkling/server/timeLimit.js';

test('gives what the task gives, when it is in time', async () => {
  expect(await withTimeLimit(10_000, () => Promise.resolve(7))).toBe(7);
  await expect(withTimeLimit(10_000, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

test('waits no longer than it may, and tells the task', async () => {
  let told: AbortSignal | undefined;
  const never = withTimeLimit(20, (signal) => {
    told = signal;
    return new Promise(() => undefined);
  });
  await expect(never).rejects.toEqual(
    new Problem(503, 'the answer takes longer than 0.02 s; ask again later', 5),
  );
  expect(told?.aborted).toBe(true);
});
