import type { Step } from '../../plan/steps.js';

/** Divides `count` images into batches, the last of which may be smaller. */
export function batchesOf(count: number, batchSize: number): Pick<Step, 'first' | 'count'>[] {
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, batch) => ({
    first: batch * batchSize,
    count: Math.min(batchSize, count - batch * batchSize),
  }));
}
