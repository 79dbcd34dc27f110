import { expect, test, vi } from 'vitest';
import { type PoolOrder, PicturePool, type PoolResult } from '#inkling/images/pool.js';
import type * as Thread from '#inkling/images/thread.js';

const { orders, stops } = vi.hoisted(() => ({ orders: [] as number[], stops: vi.fn() }));

/** Stands in for threads that die of the file `bad`. */
vi.mock('#inkling/images/thread.js', async (original) => ({
  ...(await original<typeof Thread>()),
  PictureThread: class {
    stop = stops;
    ask({ files }: PoolOrder) {
      orders.push(files.length);
      if (files.some(({ path }) => path === 'bad')) return Promise.resolve({ failure: 'broken' });
      const answer = files.map(({ path }) =>
        path === 'odd' ? { problem: 'it is odd' } : { width: 1, height: 1 },
      );
      return Promise.resolve({ answer });
    }
  },
}));

async function measure(paths: readonly string[]): Promise<PoolResult[]> {
  const results: PoolResult[] = [];
  const files = paths.map((path) => ({ path, offset: 0, bytes: 1 }));
  await new PicturePool({ threads: 1 }).measure(files, (at, result) => (results[at] = result));
  return results;
}

test('of files that bring a thread down together, each is tried alone', async () => {
  const good = { width: 1, height: 1 };
  expect(await measure(['a', 'bad', 'b'])).toEqual([
    good,
    { problem: 'the picture is too large or too complex to read; make it smaller' },
    good,
  ]);
  expect(orders).toEqual([3, 1, 1, 1]);
});

test('a thread is not used again behind a file that its decoders failed at', async () => {
  stops.mockClear();
  await measure(['a', 'b']);
  expect(stops).not.toHaveBeenCalled();
  expect(await measure(['a', 'odd'])).toEqual([{ width: 1, height: 1 }, { problem: 'it is odd' }]);
  expect(stops).toHaveBeenCalledOnce();
});
