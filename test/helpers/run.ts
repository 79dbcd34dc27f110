import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import type { RunEvent } from '#inkling/runs/events.js';
import type { RunHooks } from '#inkling/runs/conductRun.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { stripes } from './stripes.js';

/** 90 training images, 10 validation images, and 30 test images. */
export const runDataset = stripes({ train: 100, test: 30 });

/** Trains a small run; returns its folder, summary, configuration, and events. */
export async function run(
  runDir: string,
  changes: PartialConfig = {},
  hooks: Partial<RunHooks> = {},
  dataset = runDataset,
) {
  const events: RunEvent[] = [];
  const settings: PartialConfig = { dataset: 'digits', epochs: 2, batchSize: 32, threads: 2, seed: 3 };
  const config = parseConfig({ ...settings, ...changes, runDir });
  const onEvent = (event: RunEvent) => events.push(event);
  const finished = await trainRun(config, dataset, { command: 'inkling train', onEvent, ...hooks });
  return { ...finished, config, events };
}

/** Creates a folder for all tests of a file, which is removed after the last one. */
export function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-test-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
