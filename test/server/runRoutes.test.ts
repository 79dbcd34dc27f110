import { appendFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runListSchema, runSchema } from '#inkling/server/apiSchemas.js';
import { runRoutes } from '#inkling/server/runRoutes.js';
import { parseConfig } from '#inkling/train/config.js';
import { RunFolder } from '#inkling/runs/runFolder.js';
import { run, sharedFolder } from '../helpers/run.js';
import { createTestServer } from './testServer.js';

const runDir = sharedFolder();
const finished = await run(runDir, { name: 'done' });
const progress = { epochs: 5, steps: 40, trainLoss: 1.25, imagesPerSecond: 4321, secondsLeft: 75 };

/** Starts a run that does not end. */
function startRun(name: string): RunFolder {
  const config = parseConfig({ runDir });
  const folder = RunFolder.claim(config, name);
  folder.record({ type: 'started', folder: folder.path, config, parameters: 7 });
  folder.record({ type: 'progress', epoch: 1, step: 10, ...progress });
  return folder;
}

test('lists runs with their state, and the reason why one is broken', async () => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const folders = [startRun('live'), startRun('killed')];
  folders[1].close();
  utimesSync(join(folders[1].path, 'events.jsonl'), 1e9, 1e9);
  mkdirSync(join(runDir, 'odd'));
  writeFileSync(join(runDir, 'odd', 'config.json'), '{"epochs": "many"}');
  const { runs } = runListSchema.parse((await server.inject('/api/runs')).json());
  expect(runs.map(({ name, state }) => [name, state])).toEqual([
    ['done-1', 'completed'],
    ['killed-1', 'unfinished'],
    ['live-1', 'running'],
    ['odd', 'broken'],
  ]);
  expect(runs[0].testAccuracy).toBe(finished.summary.test?.accuracy);
  expect(runs[0].testMacroF1).toBe(finished.summary.test?.macroF1);
  expect(runs[3].problem).toContain('epochs: expected a number, got "many"');
  for (const path of [...folders.map((folder) => folder.path), join(runDir, 'odd')])
    rmSync(path, { recursive: true });
});

test('describes a finished run by its records and a running one by its events', async () => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const described = runSchema.parse((await server.inject('/api/runs/done-1')).json());
  expect(described.summary).toEqual(finished.summary);
  expect(described.epochs).toEqual(finished.summary.epochs);

  const live = startRun('live');
  const [epoch] = finished.summary.epochs;
  const record = { ...epoch, trainAccuracy: epoch.trainAccuracy ?? NaN };
  live.record({ type: 'epoch', isBest: true, record });
  appendFileSync(join(live.path, 'events.jsonl'), '{"type":"progress","epoch":2,');
  const half = runSchema.parse((await server.inject('/api/runs/live-1')).json());
  expect(half).toMatchObject({ state: 'running', epochs: [epoch] });
  expect(half.progress).toBeUndefined();
  rmSync(live.path, { recursive: true });
});

test('streams the events of a run until it ends', async () => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const live = startRun('live');
  const response = server.inject('/api/runs/live-1/events');
  await new Promise((resolve) => setTimeout(resolve, 50));
  live.record({ type: 'finished', summary: finished.summary });
  const { body, headers } = await response;
  expect(headers['content-type']).toBe('text/event-stream');
  const events = body.split('\n\n').filter((event) => event.startsWith('event:'));
  expect(events.map((event) => event.split('\n')[0])).toEqual([
    'event: started',
    'event: progress',
    'event: finished',
  ]);
  expect(JSON.parse(events[1].split('data: ')[1])).toMatchObject({ epoch: 1, ...progress });
  rmSync(live.path, { recursive: true });
});

test('ends the event stream when the run folder is deleted', async () => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const live = startRun('live');
  const response = server.inject('/api/runs/live-1/events');
  await new Promise((resolve) => setTimeout(resolve, 50));
  rmSync(live.path, { recursive: true });
  expect((await response).statusCode).toBe(200);
});

test('returns the best checkpoint of a run', async () => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const { rawPayload } = await server.inject('/api/runs/done-1/checkpoint');
  expect(rawPayload.readBigUInt64LE(0)).toBeGreaterThan(0n);
  const live = startRun('live');
  const missing = await server.inject('/api/runs/live-1/checkpoint');
  expect(missing.statusCode).toBe(404);
  expect(missing.json()).toMatchObject({ detail: 'run "live-1": no checkpoint yet; try again later' });
  rmSync(live.path, { recursive: true });
});

test.each([
  'nobody',
  '..',
  '%2e%2e',
  '..%2f..%2fetc',
  '.',
  'done-1%00',
  'done-1%2f..%2fdone-1',
  '%5c',
  'a'.repeat(99),
])('has no run named %s', async (name) => {
  const { server } = await createTestServer([runRoutes(runDir)]);
  const { statusCode } = await server.inject(`/api/runs/${name}`);
  // The client resolves "/api/runs/.." to "/api", which does not exist either.
  expect([404, 414]).toContain(statusCode);
});
