import { expect, test } from 'vitest';
import { describeParallelism } from '#inkling/cli/terminal/parallelism.js';

test.each([
  [{ runs: 2, threads: 1, limit: 'cores' }, '2 trials at a time, each with 1 thread: one per core'],
  [{ runs: 1, threads: 2, limit: 'request' }, '1 trial at a time, with 2 threads'],
  [
    { runs: 1, threads: 2, limit: 'fewCores' },
    '1 trial at a time, with 2 threads: with so few cores, several at a time are no faster',
  ],
  [{ runs: 3, threads: 2, limit: 'runs' }, '3 trials at a time, each with 2 threads: no more are left'],
  [
    { runs: 5, threads: 1, limit: 'sampler' },
    '5 trials at a time, each with 1 thread: a quarter of all, so that the sampler learns from the others',
  ],
  [
    { runs: 1, threads: 8, limit: 'memory' },
    '1 trial at a time, with 8 threads: more would not fit into half of the free memory',
  ],
] as const)('%j', (parallelism, text) => {
  expect(describeParallelism(parallelism, 'trial')).toBe(text);
});

test('names what is trained', () => {
  expect(describeParallelism({ runs: 1, threads: 2, limit: 'features' }, 'run')).toBe(
    '1 run at a time, with 2 threads: the first one computes the outputs of the frozen layers for all',
  );
});
