import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '../core/errors.js';
import { fileBytes, kindOf } from '../platform/files.js';
import { CONFIG_FILE, EVENTS_FILE } from '../runs/runFolder.js';
import { readRun, type RunRecord } from '../runs/readRun.js';
import { savedEpochRecordSchema } from '../train/epochRecord.js';
import { progressSchema, type Run, type RunItem, type RunState } from './apiSchemas.js';
import type { RunDataset } from './datasetStore.js';
import { Problem } from './problem.js';

/** A run without a summary that has said nothing for so long was killed. */
const SILENCE_MS = 60_000;

/** Longest part of the events that is read at a time. */
const EVENTS_LIMIT_BYTES = 1 << 24;

const eventSchema = z.discriminatedUnion('type', [
  progressSchema.extend({ type: z.literal('progress') }),
  z.object({ type: z.literal('epoch'), isBest: z.boolean(), record: savedEpochRecordSchema }),
  z.object({ type: z.literal('started') }),
  z.object({ type: z.literal('finished') }),
]);

/**
 * The folder of a run, by its name alone.
 *
 * @throws {Problem} 404 when there is none of that name
 */
export function runFolder(runDir: string, name: string): string {
  const folder = join(runDir, name);
  const isName = /^[\w][\w.-]*$/.test(name) && basename(folder) === name;
  if (!isName || kindOf(join(folder, CONFIG_FILE)) !== 'file') {
    throw new Problem(404, `run "${name.slice(0, 64)}": there is none of this name; /api/runs lists them`);
  }
  return folder;
}

/** Every run of a folder in one line; one that cannot be read says why. */
export function listRunItems(runDir: string): RunItem[] {
  if (kindOf(runDir) !== 'folder') return [];
  return readdirSync(runDir)
    .filter((name) => kindOf(join(runDir, name, CONFIG_FILE)) === 'file')
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => {
      try {
        return itemOf(name, readRun(join(runDir, name)));
      } catch (error) {
        return { name, state: 'broken', problem: messageOf(error) };
      }
    });
}

/** The data sets that the runs of a folder were trained on and that lie at a path: of those with one name, the last. */
export function listRunDatasets(runDir: string): RunDataset[] {
  const found = new Map<string, RunDataset>();
  for (const { name, state } of listRunItems(runDir)) {
    if (state === 'broken') continue;
    const { config, summary } = readRun(join(runDir, name));
    const { dataset: path, imageSize, skipUnreadable } = config;
    const called = summary?.dataset.name;
    if (called === undefined || called === path) continue;
    // A path that is no absolute one is meant from where the run was trained, which its record says in full.
    found.set(called, {
      name: called,
      path: summary?.dataset.source.location ?? path,
      imageSize,
      skipUnreadable,
    });
  }
  return [...found.values()];
}

function itemOf(name: string, run: RunRecord): RunItem {
  const { config, summary } = run;
  return {
    name,
    state: stateOf(run),
    model: config.model,
    dataset: summary?.dataset.name ?? basename(config.dataset),
    seed: config.seed,
    epochs: config.epochs,
    validationAccuracy: summary?.best?.validationAccuracy,
    testAccuracy: summary?.test?.accuracy,
    parameters: summary?.model.parameters,
    seconds: summary?.timing.totalSeconds,
  };
}

function stateOf({ folder, summary }: RunRecord): RunState {
  if (summary !== undefined) return summary.stopReason;
  const events = statSync(join(folder, EVENTS_FILE), { throwIfNoEntry: false });
  return events !== undefined && Date.now() - events.mtimeMs < SILENCE_MS ? 'running' : 'unfinished';
}

/** @throws {InklingError} when the run's records cannot be read */
export function describeRun(name: string, folder: string): Run {
  const record = readRun(folder);
  const { config, summary } = record;
  const described = { name, state: stateOf(record), config };
  if (summary !== undefined) return { ...described, summary, epochs: [...summary.epochs] };
  const events = readEvents(folder, 0).lines.map(parseEvent);
  const last = events.at(-1);
  return {
    ...described,
    epochs: events.flatMap((event) => (event?.type === 'epoch' ? [event.record] : [])),
    progress: last?.type === 'progress' ? last : undefined,
  };
}

/** An event, or nothing for a line that is none. */
export function parseEvent(line: string): z.output<typeof eventSchema> | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Whole lines of a run's events from a byte on, and the byte behind them. */
export function readEvents(folder: string, start: number): { lines: string[]; end: number } {
  const path = join(folder, EVENTS_FILE);
  if (kindOf(path) !== 'file') return { lines: [], end: start };
  const bytes = Buffer.alloc(Math.min(EVENTS_LIMIT_BYTES, Math.max(0, fileBytes(path) - start)));
  const file = openSync(path, 'r');
  try {
    const read = readSync(file, bytes, 0, bytes.length, start);
    const length = bytes.subarray(0, read).lastIndexOf('\n') + 1;
    const text = bytes.toString('utf8', 0, length);
    return { lines: text.split('\n').slice(0, -1), end: start + length };
  } finally {
    closeSync(file);
  }
}
