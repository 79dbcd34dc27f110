import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readEvents } from '#inkling/runs/eventLog.js';
import { temporaryFolder } from '../data/tinySet.js';

const progress = {
  type: 'progress',
  epoch: 1,
  epochs: 2,
  step: 3,
  steps: 4,
  trainLoss: 0.5,
  imagesPerSecond: 100,
  secondsLeft: 9,
};

test('reads complete events, and continues after the last one', () => {
  const folder = temporaryFolder();
  const log = join(folder, 'events.jsonl');
  const line = JSON.stringify(progress);
  writeFileSync(log, `{"type":"started","folder":"x"}\n${line.slice(0, 20)}`);
  const first = readEvents(folder);
  expect(first.events).toEqual([{ type: 'started' }]);
  appendFileSync(log, `${line.slice(20)}\n`);
  const second = readEvents(folder, first.end);
  expect(second.events).toEqual([progress]);
  expect(readEvents(folder, second.end)).toEqual({ events: [], end: second.end });
});

test('skips lines that are not events', () => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'events.jsonl'),
    'no JSON\n{"type":"unknown"}\n{"type":"progress"}\n{"type":"finished"}\n',
  );
  expect(readEvents(folder).events).toEqual([{ type: 'finished' }]);
});

test('returns no events if there is no log', () => {
  expect(readEvents(temporaryFolder())).toEqual({ events: [], end: 0 });
});
