import { expect, test, vi } from 'vitest';
import { type PoolRequest, DecodePool, type PoolResult } from '#inkling/images/decodePool.js';
import type * as Thread from '#inkling/images/decoderThread.js';

const { requestSizes, stop } = vi.hoisted(() => ({ requestSizes: [] as number[], stop: vi.fn() }));

/** Replaces threads by ones that crash on the file `bad`. */
vi.mock('#inkling/images/decoderThread.js', async (original) => ({
  ...(await original<typeof Thread>()),
  DecoderThread: class {
    stop = stop;
    request({ files }: PoolRequest) {
      requestSizes.push(files.length);
      if (files.some(({ path }) => path === 'bad')) return Promise.resolve({ failure: 'crash' });
      const response = files.map(({ path }) =>
        path === 'odd' ? { problem: 'it is odd' } : { width: 1, height: 1 },
      );
      return Promise.resolve({ response });
    }
  },
}));

async function measure(paths: readonly string[]): Promise<PoolResult[]> {
  const results: PoolResult[] = [];
  const files = paths.map((path) => ({ path, offset: 0, bytes: 1 }));
  await new DecodePool({ threads: 1 }).measure(files, (at, result) => (results[at] = result));
  return results;
}

test('retries each file alone when a request crashes its thread', async () => {
  const good = { width: 1, height: 1 };
  expect(await measure(['a', 'bad', 'b'])).toEqual([
    good,
    { problem: 'the image is too large or too complex to decode; make it smaller' },
    good,
  ]);
  expect(requestSizes).toEqual([3, 1, 1, 1]);
});

test('replaces a thread after one of its decoders failed', async () => {
  stop.mockClear();
  await measure(['a', 'b']);
  expect(stop).not.toHaveBeenCalled();
  expect(await measure(['a', 'odd'])).toEqual([{ width: 1, height: 1 }, { problem: 'it is odd' }]);
  expect(stop).toHaveBeenCalledOnce();
});
