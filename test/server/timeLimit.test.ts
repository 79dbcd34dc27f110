import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { Problem } from '#inkling/server/problem.js';
import { withTimeLimit } from '#inkling/server/timeLimit.js';

test('returns the result of a task that completes in time', async () => {
  expect(await withTimeLimit(10_000, new EventEmitter(), () => Promise.resolve(7))).toBe(7);
  await expect(
    withTimeLimit(10_000, new EventEmitter(), () => Promise.reject(new Error('no'))),
  ).rejects.toThrow('no');
});

test('rejects when the time is up, and aborts the task', async () => {
  let received: AbortSignal | undefined;
  const never = withTimeLimit(20, new EventEmitter(), (signal) => {
    received = signal;
    return new Promise(() => undefined);
  });
  await expect(never).rejects.toEqual(
    new Problem(503, 'the request takes longer than 0.02 s; try again in 5 s', 5),
  );
  expect(received?.aborted).toBe(true);
});

test('aborts the task when the client disconnects', async () => {
  const response = new EventEmitter();
  const task = withTimeLimit(
    10_000,
    response,
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          reject(signal.reason as Problem);
        });
      }),
  );
  response.emit('close');
  await expect(task).rejects.toEqual(new Problem(499, 'the client has disconnected'));
  expect(response.listenerCount('close')).toBe(0);
});
