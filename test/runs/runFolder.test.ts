import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { parseConfig } from '#inkling/train/config.js';
import { RunFolder } from '#inkling/runs/runFolder.js';
import { temporaryFolder } from '../data/tinySet.js';

afterEach(() => vi.useRealTimers());

test('records progress at most once per second', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const folder = RunFolder.claim(parseConfig({ runDir: temporaryFolder() }), 'run');
  const progress = {
    type: 'progress',
    epoch: 1,
    epochs: 1,
    steps: 9,
    trainLoss: 1,
    imagesPerSecond: 1,
    secondsLeft: 1,
  } as const;
  for (const [step, milliseconds] of [0, 999, 1, 500, 499, 1].entries()) {
    vi.advanceTimersByTime(milliseconds);
    folder.record({ ...progress, step });
  }
  folder.close();
  const lines = readFileSync(join(folder.path, 'events.jsonl'), 'utf8').trimEnd().split('\n');
  // At 0, 1000 and 2000 ms.
  expect(lines.map((line) => /"step":(\d)/.exec(line)?.[1])).toEqual(['0', '2', '5']);
});
