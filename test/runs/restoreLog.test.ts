import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEvents } from '#inkling/runs/eventLog.js';
import { restoreLog } from '#inkling/runs/restoreLog.js';
import { temporaryFolder } from '../data/tinySet.js';

function epoch(number: number, validationAccuracy: number) {
  return {
    epoch: number,
    trainLoss: 1,
    trainAccuracy: 0.5,
    validationLoss: 1,
    validationAccuracy,
    seconds: 1,
    imagesPerSecond: 1,
    learningRate: 0.1,
  };
}

const epochs = [epoch(1, 0.5), epoch(2, 0.9), epoch(3, 0.7)];
const line = (record: object) => JSON.stringify({ type: 'epoch', isBest: true, record });

function restored(log: string | undefined) {
  const folder = temporaryFolder();
  const path = join(folder, 'events.jsonl');
  if (log !== undefined) writeFileSync(path, log);
  restoreLog(folder, epochs, { monitor: 'accuracy' });
  return { text: readFileSync(path, 'utf8'), events: readEvents(folder).events };
}

test('a complete log is not changed', () => {
  const log = `${JSON.stringify({ type: 'started' })}\n${epochs.map(line).join('\n')}\n`;
  expect(restored(log).text).toBe(log);
});

test('missing epochs are added', () => {
  const expected = epochs.map((record, index) => ({ type: 'epoch', isBest: index < 2, record }));
  expect(restored(`${line(epochs[0])}\n`).events).toMatchObject(expected);
  expect(restored(undefined).events).toMatchObject(expected);
});

test('a line that was cut off is ended', () => {
  const log = `${line(epochs[0])}\n`;
  const { text, events } = restored(log + line(epochs[1]).slice(0, 30));
  expect(text.startsWith(log)).toBe(true);
  expect(events.map((event) => event.type === 'epoch' && event.record.epoch)).toEqual([1, 2, 3]);
  // Only the end of the line is missing.
  const { events: all } = restored(log + line(epochs[1]));
  expect(all.map((event) => event.type === 'epoch' && event.record.epoch)).toEqual([1, 2, 3]);
});
