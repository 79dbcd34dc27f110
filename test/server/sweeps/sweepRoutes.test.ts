import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runSchema, sweepListSchema, sweepSchema } from '#inkling/server/apiSchemas.js';
import { runRoutes } from '#inkling/server/runRoutes.js';
import { sweepRoutes } from '#inkling/server/sweeps/sweepRoutes.js';
import { isStopRequested } from '#inkling/sweep/stopTrial.js';
import { lockSweep } from '#inkling/sweep/sweepFolder.js';
import { run, sharedFolder } from '../../helpers/run.js';
import { writeJournal } from '../../sweep/journal/writeJournal.js';
import { createTestServer } from '../testServer.js';

const runDir = sharedFolder();
const folder = join(runDir, 'sweep-1');
const journal = writeJournal(folder, {
  space: { optimizer: { choice: ['adam', null] }, learningRate: { float: [0.001, 0.1], log: true } },
  trials: [
    { params: { optimizer: 'adam', learningRate: 0.01 }, values: [0.5, 0.9], state: 'complete' },
    { params: { optimizer: null, learningRate: 0.1 }, values: [0.25] },
  ],
  target: 3,
});
await run(folder, { name: 'trial-0' });
mkdirSync(join(runDir, 'odd'));
writeFileSync(join(runDir, 'odd', 'journal.jsonl'), '{}\n');

test('lists sweeps, and the reason why one is broken', async () => {
  const { server } = await createTestServer([sweepRoutes(runDir)]);
  const { sweeps } = sweepListSchema.parse((await server.inject('/api/sweeps')).json());
  expect(sweeps).toMatchObject([
    { name: 'odd', state: 'broken' },
    { name: 'sweep-1', state: 'unfinished', ended: 1, target: 3, best: 0, validation: 0.9, sampler: 'tpe' },
  ]);
  expect(sweeps[0].problem).toContain('expected an operation of a sweep');
});

test('describes a sweep, whose trials are runs that can be opened', async () => {
  const { server } = await createTestServer([sweepRoutes(runDir), runRoutes(runDir)]);
  const sweep = sweepSchema.parse((await server.inject('/api/sweeps/sweep-1')).json());
  expect(sweep.parameters.map(({ name, distribution }) => [name, distribution.kind])).toEqual([
    ['optimizer', 'choice'],
    ['learningRate', 'float'],
  ]);
  expect(sweep.trials).toMatchObject([
    { number: 0, state: 'complete', value: 0.9, epochs: 2, isStopping: false, run: 'sweep-1/trial-0-1' },
    { number: 1, state: 'running', value: 0.25, epochs: 1, params: { optimizer: null, learningRate: 0.1 } },
  ]);
  const opened = await server.inject(`/api/runs/${encodeURIComponent('sweep-1/trial-0-1')}`);
  expect(runSchema.parse(opened.json()).state).toBe('completed');
});

test.each([
  ['GET', '/api/sweeps/sweep-2', 404, 'unknown sweep "sweep-2" (did you mean "sweep-1"?)'],
  ['GET', '/api/sweeps/..%2Fsweep-1', 404, 'unknown sweep "../sweep-1"'],
  ['GET', '/api/runs/sweep-1%2Ftrial-9-1', 404, 'unknown run "trial-9-1"'],
  ['GET', '/api/runs/sweep-1%2F..%2Fsweep-1', 404, 'unknown'],
  ['GET', '/api/runs/..%2Fsweep-1%2Ftrial-0-1', 404, 'unknown sweep ".."'],
  ['POST', '/api/sweeps/sweep-1/trials/0/stop', 409, 'got trial 0, which is complete'],
  ['POST', '/api/sweeps/sweep-1/trials/x/stop', 409, 'got no trial'],
] as const)('%s %s is rejected', async (method, url, status, detail) => {
  const { server } = await createTestServer([sweepRoutes(runDir), runRoutes(runDir)]);
  const response = await server.inject({ method, url, headers: { 'content-length': '0' } });
  expect(response.statusCode).toBe(status);
  expect(response.json<{ detail: string }>().detail).toContain(detail);
});

test('stops a running trial', async () => {
  const { server } = await createTestServer([sweepRoutes(runDir)]);
  const response = await server.inject({
    method: 'POST',
    url: '/api/sweeps/sweep-1/trials/1/stop',
    headers: { 'content-length': '0' },
  });
  expect(response.statusCode).toBe(202);
  expect(isStopRequested(folder, 1)).toBe(true);
  const sweep = sweepSchema.parse((await server.inject('/api/sweeps/sweep-1')).json());
  expect(sweep.trials[1].isStopping).toBe(true);
});

test('streams when a sweep changes, until it is not conducted any more', async () => {
  const { server } = await createTestServer([sweepRoutes(runDir)]);
  const lock = lockSweep(folder);
  const response = server.inject('/api/sweeps/sweep-1/events');
  await new Promise((resolve) => setTimeout(resolve, 100));
  journal.addEpoch(1, 2, 0.5);
  lock.release();
  const { body, headers } = await response;
  expect(headers['content-type']).toBe('text/event-stream');
  expect(body.match(/event: \w+/g)).toEqual(['event: changed', 'event: finished']);
});
