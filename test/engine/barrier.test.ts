import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { Barrier, TeamStopped } from '#inkling/engine/barrier.js';

const WORKERS = 3;
const ROUNDS = 300;
const BARRIER = new URL('../../dist/engine/barrier.js', import.meta.url);

/**
 * In each round, every worker increments a counter, waits at the barrier, checks that all workers have counted and that the
 * round was completed once, and waits again before the next round.
 */
const COUNT_AND_WAIT = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { shared, counter, workers, rounds, url } = workerData;
  import(url).then(({ Barrier }) => {
    const barrier = new Barrier(shared, workers);
    const count = new Int32Array(counter);
    const nothing = () => undefined;
    try {
      for (let round = 1; round <= rounds; round++) {
        Atomics.add(count, 0, 1);
        barrier.wait(() => Atomics.add(count, 1, 1));
        const [seen, completions] = [0, 1].map((cell) => Atomics.load(count, cell));
        if (seen !== round * workers) throw new Error('round ' + round + ': ' + seen);
        if (completions !== round) throw new Error('round ' + round + ', completions: ' + completions);
        barrier.wait(nothing);
      }
      parentPort.postMessage('all rounds');
    } catch (error) {
      parentPort.postMessage(error.name + ': ' + error.message);
    }
  });
`;

const nothing = () => undefined;
const started: Worker[] = [];

/** Starts workers that share a barrier for `expected` workers; resolves to the message of each. */
function meet(shared: SharedArrayBuffer, counter: SharedArrayBuffer, expected: number): Promise<string[]> {
  const workerData = { shared, counter, workers: expected, rounds: ROUNDS, url: BARRIER.href };
  const answers = Array.from({ length: WORKERS }, () => {
    const worker = new Worker(COUNT_AND_WAIT, { eval: true, workerData });
    started.push(worker);
    return new Promise<string>((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
    });
  });
  return Promise.all(answers);
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.terminate()));
});

it('releases no worker before all have arrived, in every round', async () => {
  const counter = new SharedArrayBuffer(8);
  expect(await meet(Barrier.allocate(), counter, WORKERS)).toEqual(Array(WORKERS).fill('all rounds'));
  expect([...new Int32Array(counter)]).toEqual([WORKERS * ROUNDS, ROUNDS]);
});

it('wakes all waiting workers with an error when it is stopped', async () => {
  const shared = Barrier.allocate();
  const counter = new SharedArrayBuffer(8);
  const answers = meet(shared, counter, WORKERS + 1);
  while (Atomics.load(new Int32Array(counter), 0) < WORKERS) await new Promise(setImmediate);
  new Barrier(shared, WORKERS + 1).stop();
  expect(await answers).toEqual(Array(WORKERS).fill('TeamStopped: the team was stopped'));
});

it('rejects workers that arrive after it was stopped', () => {
  const barrier = new Barrier(Barrier.allocate(), 2);
  barrier.stop();
  expect(() => {
    barrier.wait(nothing);
  }).toThrow(new TeamStopped('the team was stopped'));
});

it('does not block a single worker', () => {
  const barrier = new Barrier(Barrier.allocate(), 1);
  let completed = 0;
  for (let round = 1; round <= 2; round++) {
    barrier.wait(() => completed++);
    expect(completed).toBe(round);
  }
  barrier.stop();
  expect(() => {
    barrier.wait(nothing);
  }).toThrow('the team was stopped');
});
