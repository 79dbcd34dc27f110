import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import type { RunEvent } from '#inkling/runs/events.js';
import { type RunHooks, trainRun } from '#inkling/runs/trainRun.js';
import { stripes } from './stripes.js';

/** 90 images to learn from and 10 to validate on. */
export const runDataset = stripes({ train: 100, test: 30 });

/** Trains a small run; returns what it wrote and all that its observer heard. */
export async function run(runDir: string, changes: PartialConfig = {}, hooks: Partial<RunHooks> = {}) {
  const events: RunEvent[] = [];
  const settings: PartialConfig = { dataset: 'digits', epochs: 2, batchSize: 32, threads: 2, seed: 3 };
  const config = parseConfig({ ...settings, ...changes, runDir });
  const onEvent = (event: RunEvent) => events.push(event);
  const finished = await trainRun(config, runDataset, { command: 'inkling train', onEvent, ...hooks });
  return { ...finished, config, events };
}

/** A folder for all tests of a file, removed behind the last of them. */
export function sharedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-test-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
