import { beforeEach, expect, test, vi } from 'vitest';
import { MachineError } from '#inkling/core/errors.js';
import { type PoolRequest, DecodePool, type PoolResult } from '#inkling/images/decodePool.js';
import type * as Thread from '#inkling/images/decoderThread.js';

/** The requests that threads received, and the numbers of threads that work at once and that have enough memory. */
const { requests, stop, machine } = vi.hoisted(() => ({
  requests: [] as string[][],
  stop: vi.fn(() => Promise.resolve()),
  machine: { busy: 0, maxBusy: Infinity },
}));

/** Replaces threads with ones that crash on the file `bad`, and that lack memory if too many work at once. */
vi.mock('#inkling/images/decoderThread.js', async (original) => ({
  ...(await original<typeof Thread>()),
  DecoderThread: class {
    stop = stop;
    async request({ files }: PoolRequest) {
      requests.push(files.map(({ path }) => path));
      machine.busy += 1;
      await Promise.resolve();
      const lacksMemory = machine.busy > machine.maxBusy;
      await Promise.resolve();
      machine.busy -= 1;
      if (lacksMemory) {
        return { response: files.map(() => ({ problem: 'no memory', isMachineFailure: true })) };
      }
      if (files.some(({ path }) => path === 'bad')) return { failure: 'crash', reason: 'exit 7' };
      const response = files.map(({ path }) =>
        path === 'odd' ? { problem: 'it is odd', isMachineFailure: false } : { width: 1, height: 1 },
      );
      return { response };
    }
  },
}));

beforeEach(() => {
  requests.length = 0;
  stop.mockClear();
  machine.maxBusy = Infinity;
});

async function measure(paths: readonly string[], { threads = 1, bytes = 1 } = {}): Promise<PoolResult[]> {
  const results: PoolResult[] = [];
  const files = paths.map((path) => ({ path, offset: 0, bytes }));
  await new DecodePool({ threads }).measure(files, (at, result) => (results[at] = result));
  return results;
}

const good = { width: 1, height: 1 };

test('retries each file alone when a request crashes its thread, and the crashing file once more', async () => {
  expect(await measure(['a', 'bad', 'b'])).toEqual([
    good,
    { problem: "the decoder's thread ended (exit 7); try again", isMachineFailure: true },
    good,
  ]);
  expect(requests).toEqual([['a', 'bad', 'b'], ['b'], ['bad'], ['a'], ['bad']]);
});

test('replaces a thread after one of its decoders failed', async () => {
  await measure(['a', 'b']);
  expect(stop).not.toHaveBeenCalled();
  expect(await measure(['a', 'odd'])).toEqual([good, { problem: 'it is odd', isMachineFailure: false }]);
  expect(stop).toHaveBeenCalledOnce();
});

test('uses a single thread if there is no memory for several', async () => {
  machine.maxBusy = 1;
  const paths = ['a', 'b', 'c', 'odd'];
  // One file per request.
  expect(await measure(paths, { threads: 4, bytes: 4_000_000 })).toEqual([
    good,
    good,
    good,
    { problem: 'it is odd', isMachineFailure: false },
  ]);
});

test('reports one error if there is no memory for a single thread', async () => {
  machine.maxBusy = 0;
  await expect(measure(Array<string>(100).fill('a'))).rejects.toThrow(new MachineError('no memory'));
  expect(requests).toHaveLength(2 + 3);
});
