import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { DatasetLoader } from '#inkling/server/datasets/datasetLoader.js';
import { Problem } from '#inkling/server/problem.js';
import { temporaryFolder } from '../data/tinySet.js';

/**
 * A worker that writes a file when it starts, and responds when the file NAME.go exists, with a data set of 100,000 bytes; `broken`, `crash` and `exit`
 * fail.
 */
const WORKER = `
  import { existsSync, writeFileSync } from 'node:fs';
  import { parentPort, workerData } from 'node:worker_threads';
  const { name, dataDir } = workerData;
  writeFileSync(dataDir + '/' + name + '.' + Math.random() + '.started', '');
  if (name === 'crash') throw new Error('crashed');
  if (name === 'exit') process.exit(3);
  if (name === 'broken') parentPort.postMessage({ problem: 'the files are damaged' });
  const timer = setInterval(() => {
    if (!existsSync(dataDir + '/' + name + '.go')) return;
    clearInterval(timer);
    const set = { images: new Uint8Array(50_000), labels: new Uint8Array(1) };
    parentPort.postMessage({ dataset: { name, train: set, test: { ...set, images: new Uint8Array(50_000) } } });
  }, 5);
`;
const module = new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`);

function createLoader(maxBytes = 1e9) {
  const loader = new DatasetLoader({ module, maxBytes });
  const folder = temporaryFolder();
  onTestFinished(() => {
    loader.close();
  });
  const load = (name: string, signal?: AbortSignal) =>
    loader.load(name, { name, dataDir: folder, environment: {} }, signal);
  /** How many workers have started. */
  const started = (name: string) =>
    readdirSync(folder).filter((file) => file.startsWith(`${name}.`) && file.endsWith('.started')).length;
  const finish = (name: string) => {
    writeFileSync(join(folder, `${name}.go`), '');
  };
  return { loader, load, started, finish };
}

test('requests for the same data set share one load, and later ones need none', async () => {
  const { load, started, finish } = createLoader();
  const loads = [load('a'), load('a'), load('a')];
  finish('a');
  const [first, ...others] = await Promise.all(loads);
  expect(first.train.images).toHaveLength(50_000);
  for (const other of [...others, await load('a')]) expect(other).toBe(first);
  expect(started('a')).toBe(1);
});

test('loads one data set at a time, and rejects requests beyond the queue', async () => {
  const { loader, load, started, finish } = createLoader();
  const loads = ['a', 'b', 'c', 'd', 'e'].map((name) => load(name));
  expect(() => load('f')).toThrow(
    new Problem(503, '4 data sets are waiting to be loaded; try again later', 5),
  );
  await vi.waitFor(() => {
    expect(started('a')).toBe(1);
  });
  expect(started('b')).toBe(0);
  finish('a');
  await loads[0];
  await vi.waitFor(() => {
    expect(started('b')).toBe(1);
  });
  expect(started('c')).toBe(0);
  loader.close();
  for (const result of await Promise.allSettled(loads.slice(1))) expect(result.status).toBe('rejected');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(started('c')).toBe(0);
});

test('abandons a load for which nobody waits, but not for one of several', async () => {
  const { load, started, finish } = createLoader();
  const [one, two] = [new AbortController(), new AbortController()];
  const loads = [load('a', one.signal), load('a', two.signal), load('b')];
  const outcomes = Promise.allSettled(loads);
  one.abort(new Error('gone'));
  await vi.waitFor(() => {
    expect(started('a')).toBe(1);
  });
  expect(started('b')).toBe(0);
  two.abort(new Error('gone'));
  finish('b');
  const [first, second, third] = await outcomes;
  expect([first, second]).toEqual(Array(2).fill({ status: 'rejected', reason: new Error('gone') }));
  expect(third.status).toBe('fulfilled');
  // It was not kept.
  const again = load('a');
  finish('a');
  await again;
  expect(started('a')).toBe(2);
});

test('does not start a load that is no longer wanted', async () => {
  const { load, started } = createLoader();
  await expect(load('a', AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  expect(started('a')).toBe(0);
});

test.each([
  ['crash', 'data set "crash": the thread that loads it failed: crashed; try again'],
  ['exit', 'data set "exit": the thread that loads it failed: it exited with code 3; try again'],
  ['broken', 'the files are damaged'],
])('continues with the next one after a failure: %s', async (name, detail) => {
  const { load, finish } = createLoader();
  const [failed, next] = [load(name), load('next')];
  finish('next');
  await expect(failed).rejects.toEqual(new Problem(503, detail));
  await next;
});

test('keeps the data sets used last, within a limit of memory', async () => {
  const { load, started, finish } = createLoader(250_000);
  for (const name of ['a', 'b', 'a', 'c', 'a']) {
    finish(name);
    await load(name);
  }
  expect(['a', 'b', 'c'].map(started)).toEqual([1, 1, 1]);
  await load('b');
  expect(started('b')).toBe(2);
  const tiny = createLoader(99_999);
  tiny.finish('a');
  await tiny.load('a');
  await tiny.load('a');
  expect(tiny.started('a')).toBe(2);
});
