import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { EventFeed } from '#inkling/server/eventFeed.js';
import { EventStreams } from '#inkling/server/eventStreams.js';
import { temporaryFolder } from '../data/tinySet.js';

const openStreams = () => new EventStreams((folder, onChange) => new EventFeed(folder, onChange));

const progress = (step: number) => ({
  type: 'progress',
  epoch: 1,
  epochs: 5,
  step,
  steps: 40,
  trainLoss: 1,
  imagesPerSecond: 1,
  secondsLeft: 1,
});

function createRun(events: readonly object[] = []) {
  const folder = join(temporaryFolder(), 'run');
  mkdirSync(folder);
  const log = (...added: readonly object[]) => {
    const lines = added.map((event) => `${JSON.stringify(event)}\n`).join('');
    appendFileSync(join(folder, 'events.jsonl'), lines);
  };
  log(...events);
  return { folder, log };
}

const started = { type: 'started' };
const finished = { type: 'finished' };

/** The names and numbers of the events in a stream. */
async function eventsOf(stream: Readable): Promise<string[]> {
  const events = (await text(stream)).matchAll(/event: (\w+)\nid: (\d+)\n/g);
  return [...events].map(([, name, id]) => `${id} ${name}`);
}

test('sends all events but, of those that report progress, only the latest', async () => {
  const { folder } = createRun([started, ...Array.from({ length: 3000 }, (_, i) => progress(i)), finished]);
  expect(await eventsOf(openStreams().open(folder, 'a', undefined))).toEqual([
    '1 started',
    '3001 progress',
    '3002 finished',
  ]);
});

test('continues after the last event that a client has received', async () => {
  const { folder } = createRun([started, progress(1), finished]);
  const streams = openStreams();
  expect(await eventsOf(streams.open(folder, 'a', '1'))).toEqual(['2 progress', '3 finished']);
  expect(await eventsOf(streams.open(folder, 'a', '2'))).toEqual(['3 finished']);
  expect(await eventsOf(streams.open(folder, 'a', 'x'))).toHaveLength(3);
});

test('keeps nothing for clients that do not read, however much happens', async () => {
  const { folder, log } = createRun([started]);
  const streams = openStreams();
  const slow = Array.from({ length: 64 }, () => streams.open(folder, 'a', undefined));
  for (let round = 0; round < 5; round++) {
    log(...Array.from({ length: 2000 }, (_, i) => progress(i)));
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  for (const stream of slow) expect(stream.readableLength).toBeLessThan(20_000);
  log(finished);
  for (const stream of slow) {
    const events = await eventsOf(stream);
    expect(events.at(0)).toBe('1 started');
    expect(events.at(-1)).toBe('10002 finished');
    expect(events.length).toBeLessThan(40);
  }
});

test('reads and encodes each event once for all clients of a run', () => {
  const { folder } = createRun([started, progress(1)]);
  const feed = new EventFeed(folder, () => undefined);
  expect(feed.next(0)?.bytes).toBe(feed.next(0)?.bytes);
  expect([feed.next(0)?.id, feed.next(1)?.id, feed.next(2)]).toEqual([1, 2, undefined]);
  feed.close();
});

test('a further stream replaces the oldest one of the address with the most', async () => {
  const { folder } = createRun([started]);
  const streams = openStreams();
  const open = Array.from({ length: 64 }, (_, i) => streams.open(folder, i < 2 ? 'a' : 'b', undefined));
  const closed = once(open[2], 'close');
  const added = streams.open(folder, 'c', undefined);
  await closed;
  expect(open.map(({ destroyed }) => destroyed).filter(Boolean)).toHaveLength(1);
  expect(added.destroyed).toBe(false);
  streams.close();
});

test('sends no heartbeat after the end to a client that does not read it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const { folder } = createRun();
    const streams = openStreams();
    const stream = streams.open(folder, 'a', undefined);
    const failed = vi.fn();
    stream.on('error', failed);
    stream.read(0);
    streams.close();
    vi.advanceTimersByTime(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(failed).not.toHaveBeenCalled();
    stream.destroy();
  } finally {
    vi.useRealTimers();
  }
});

test('ends when the server closes or the run is deleted', async () => {
  const { folder } = createRun([started]);
  const streams = openStreams();
  const closing = eventsOf(streams.open(folder, 'a', undefined));
  await new Promise((resolve) => setTimeout(resolve, 50));
  streams.close();
  expect(await closing).toEqual(['1 started']);
  const deleted = eventsOf(streams.open(folder, 'a', undefined));
  rmSync(folder, { recursive: true });
  expect(await deleted).toEqual(['1 started']);
});
