import { expect, test } from 'vitest';
import { describeParallelism } from '#inkling/cli/terminal/sweep.js';

test.each([
  [{ trials: 2, threads: 1, limit: 'cores' }, '2 trials at a time, each with 1 thread: one per core'],
  [{ trials: 1, threads: 2, limit: 'request' }, '1 trial at a time, with 2 threads'],
  [{ trials: 3, threads: 2, limit: 'trials' }, '3 trials at a time, each with 2 threads: no more are left'],
  [
    { trials: 5, threads: 1, limit: 'sampler' },
    '5 trials at a time, each with 1 thread: a quarter of all, so that the sampler learns from the others',
  ],
  [
    { trials: 1, threads: 8, limit: 'memory' },
    '1 trial at a time, with 8 threads: more would not fit into half of the free memory',
  ],
] as const)('%j', (parallelism, text) => {
  expect(describeParallelism(parallelism)).toBe(text);
});
