import { expect, test } from 'vitest';
import { FairQueue } from '#inkling/core/fairQueue.js';

/** Takes everything, at a cost of 1 per item, and returns the order. */
function drain(queue: FairQueue<string>): string {
  let order = '';
  for (let item = queue.take(); item !== undefined; item = queue.take()) {
    order += item;
    queue.charge(item, 1);
  }
  return order;
}

test('serves clients in turns', () => {
  const queue = new FairQueue<string>(100);
  for (const client of 'aaaaabbc') queue.add(client, client);
  expect(drain(queue)).toBe('abcabaaa');
  expect(queue.size).toBe(0);
});

test('serves clients with cheap items more often', () => {
  const queue = new FairQueue<string>(100);
  for (const client of 'aabbbb') queue.add(client, client);
  expect(queue.take()).toBe('a');
  queue.charge('a', 3);
  expect(drain(queue)).toBe('bbbab');
});

test('a new client neither waits for the past costs of others, nor has an advantage', () => {
  const queue = new FairQueue<string>(100);
  for (const client of 'aaaa') queue.add(client, client);
  for (let i = 0; i < 3; i++) queue.charge(queue.take() ?? '', 1);
  for (const client of 'bbb') queue.add(client, client);
  expect(drain(queue)).toMatch(/^b?ab/);
});

test('rejects the last item of the client with the most items when it is full', () => {
  const queue = new FairQueue<string>(3);
  for (const item of ['a1', 'a2', 'a3']) expect(queue.add('a', item)).toBeUndefined();
  expect(queue.add('b', 'b1')).toBe('a3');
  expect(queue.add('a', 'a4')).toBe('a4');
  expect(queue.size).toBe(3);
});

test('removes the items of a client', () => {
  const queue = new FairQueue<string>(9);
  for (const client of 'aab') queue.add(client, client);
  expect(queue.remove('a')).toEqual(['a', 'a']);
  expect([queue.has('a'), queue.has('b'), queue.size]).toEqual([false, true, 1]);
  expect(queue.remove('c')).toEqual([]);
});
