import { expect, test } from 'vitest';
import { EventQueue } from '#inkling/library/eventQueue.js';
import type { TrainingEvent } from '#inkling/train/events.js';

const progress = (step: number): TrainingEvent => ({
  ...{ type: 'progress', epoch: 1, epochs: 1, step, steps: 9 },
  ...{ trainLoss: 1, imagesPerSecond: 1, secondsLeft: 1 },
});
const epoch = (number: number): TrainingEvent => ({
  type: 'epoch',
  isBest: true,
  record: {
    ...{ epoch: number, trainLoss: 1, trainAccuracy: 1, validationLoss: 1, validationAccuracy: 1 },
    ...{ learningRate: 1, seconds: 1, trainSeconds: 1, imagesPerSecond: 1 },
  },
});

async function readAll(queue: EventQueue): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for await (const event of queue) events.push(event);
  return events;
}

test('a slow reader gets every epoch, but only the latest progress', async () => {
  const queue = new EventQueue();
  for (const event of [progress(1), progress(2), epoch(1), progress(3), progress(4)]) queue.add(event);
  queue.end();
  expect(await readAll(queue)).toEqual([epoch(1), progress(4)]);
});

test('a reader that waits gets every event', async () => {
  const queue = new EventQueue();
  const events = readAll(queue);
  for (const event of [progress(1), progress(2), epoch(1)]) {
    queue.add(event);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  queue.end();
  expect(await events).toEqual([progress(1), progress(2), epoch(1)]);
});

test('every reader gets the events, also one that begins later', async () => {
  const queue = new EventQueue();
  const first = readAll(queue);
  queue.add(progress(1));
  await new Promise((resolve) => setTimeout(resolve, 0));
  const second = readAll(queue);
  queue.add(epoch(1));
  await new Promise((resolve) => setTimeout(resolve, 0));
  queue.add(epoch(2));
  queue.end();
  expect(await first).toEqual([progress(1), epoch(1), epoch(2)]);
  expect(await second).toEqual([progress(1), epoch(1), epoch(2)]);
  expect(await readAll(queue)).toEqual([epoch(1), epoch(2)]);
});

test('progress does not replace a notice', async () => {
  const queue = new EventQueue();
  for (const event of [{ type: 'notice', text: 'few images' } as const, progress(1), epoch(1)])
    queue.add(event);
  queue.end();
  expect(await readAll(queue)).toEqual([{ type: 'notice', text: 'few images' }, epoch(1)]);
});
