import { beforeAll, expect, test, vi } from 'vitest';
import type { AccessOptions } from '#inkling/server/accessOptions.js';
import { DatasetStore } from '#inkling/server/datasets/datasetStore.js';
import { mayTrain } from '#inkling/server/training/mayTrain.js';
import { TrainingQueue } from '#inkling/server/training/trainingQueue.js';
import { trainingRoutes } from '#inkling/server/training/trainingRoutes.js';
import { trainingListSchema, trainingSchema } from '#inkling/server/training/trainingSchemas.js';
import { parseConfig } from '#inkling/train/config.js';
import { sharedFolder } from '../../helpers/run.js';
import { createTestServer } from '../testServer.js';

const cache = sharedFolder();
beforeAll(() => {
  vi.stubEnv('XDG_CACHE_HOME', cache);
  return () => {
    vi.unstubAllEnvs();
  };
});

/** A server whose trainings do not end. */
async function createServer(isAllowed = true) {
  const posted: unknown[] = [];
  const queue = new TrainingQueue({}, ({ onEnd }) => ({
    post: (message) => posted.push(message),
    close() {
      onEnd('it exited with code 0');
      return Promise.resolve();
    },
  }));
  // A data set that a run was trained on.
  const ofRuns = {
    list: () => [
      { name: 'pets', path: process.cwd(), imageSize: 32, input: undefined, skipUnreadable: true },
    ],
    find: () => undefined,
  };
  const datasets = new DatasetStore(undefined, { INKLING_DATA_DIR: 'nowhere' }, ofRuns);
  const parts = { queue, datasets, runDir: 'my-runs', isAllowed };
  const { server } = await createTestServer([trainingRoutes(parts)]);
  const start = (payload: object | string, headers: Record<string, string> = {}) =>
    server.inject({ method: 'POST', url: '/api/trainings', payload, headers });
  const stop = (id: string) =>
    server.inject({ method: 'POST', url: `/api/trainings/${id}/stop`, headers: { 'content-length': '0' } });
  return { server, start, stop, posted };
}

test('trains with the settings of inkling train, and the same defaults', async () => {
  const { server, start, stop, posted } = await createServer();
  const settings = { dataset: 'digits', model: 'mlp', epochs: 2, augment: { shift: 1 } };
  const response = await start(settings);
  expect(response.statusCode).toBe(202);
  const training = trainingSchema.parse(response.json());
  expect(training).toMatchObject({ id: 1, state: 'loading', dataset: 'digits', model: 'mlp', epochs: 2 });
  const config = parseConfig({ ...settings, runDir: 'my-runs' });
  expect(posted).toEqual([{ type: 'train', config, environment: {} }]);
  const list = trainingListSchema.parse((await server.inject('/api/trainings')).json());
  expect(list).toEqual({ isAllowed: true, trainings: [training] });
  expect((await stop('1')).statusCode).toBe(202);
  expect((await stop('2')).statusCode).toBe(404);
  expect((await stop('x')).statusCode).toBe(404);
});

test('trains on the data set of a run, as the run had it', async () => {
  const { start, posted } = await createServer();
  expect((await start({ dataset: 'pets' })).json()).toMatchObject({ dataset: 'pets' });
  expect(posted).toMatchObject([{ config: { dataset: process.cwd(), imageSize: 32, skipUnreadable: true } }]);
});

test.each([
  [{ epochs: 0 }, 422, 'config: epochs: expected at least 1, got 0'],
  [{ epochs: 'many' }, 422, 'config: epochs: expected a number, got "many"'],
  [{ dataset: 'digits', learningRate: -1 }, 422, 'config: learningRate: expected more than 0, got -1'],
  [{ dataset: 'digits', augment: { shift: 99 } }, 422, 'config: augment.shift: expected at most 64, got 99'],
  [{ runDir: '/tmp' }, 422, 'config: unknown setting "runDir"'],
  [{ dataset: 'digits', model: 'my-net.json' }, 422, 'unknown model "my-net.json"'],
  [{ dataset: 'digits', model: 'ml' }, 422, 'unknown model "ml" (did you mean "mlp"?)'],
  [{ dataset: '/etc' }, 404, 'unknown data set "/etc"'],
  [{ dataset: 'mnist' }, 404, 'data set "mnist": not on this machine'],
  [[], 422, 'config: expected an object'],
])('rejects %j', async (settings, status, detail) => {
  const { start, posted } = await createServer();
  const response = await start(settings);
  expect(response.statusCode).toBe(status);
  expect(response.json<{ detail: string }>().detail).toContain(detail);
  expect(posted).toEqual([]);
});

test('rejects other content types, pages of other sites, and more trainings than may wait', async () => {
  const { start } = await createServer();
  const settings = { dataset: 'digits' };
  const text = await start(JSON.stringify(settings), { 'content-type': 'text/plain' });
  expect(text.statusCode).toBe(415);
  const crossSite = await start(settings, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
  expect(crossSite.statusCode).toBe(403);
  for (let i = 0; i < 9; i++) expect((await start(settings)).statusCode).toBe(202);
  const busy = await start(settings);
  expect(busy.statusCode).toBe(503);
  expect(busy.headers['retry-after']).toBe('60');
});

test('trains only if that is allowed', async () => {
  const { server, start, stop } = await createServer(false);
  expect((await server.inject('/api/trainings')).json()).toEqual({ isAllowed: false, trainings: [] });
  for (const response of [await start({ dataset: 'digits' }), await stop('1')]) {
    expect(response.json()).toMatchObject({
      status: 403,
      detail:
        'training: the server does not train for its clients; restart it with --allow-training to allow it',
    });
  }
});

const LOCAL: AccessOptions = { isLoopback: true };
const KEY = 'correct-horse';

test.each([
  [undefined, LOCAL, true],
  [false, LOCAL, false],
  [undefined, { ...LOCAL, apiKey: KEY }, false],
  [undefined, { ...LOCAL, origins: ['https://friend.example'] }, false],
  [true, { ...LOCAL, apiKey: KEY }, true],
  [undefined, { isLoopback: false }, false],
  [undefined, { isLoopback: false, apiKey: KEY }, false],
  [true, { isLoopback: false, apiKey: KEY }, true],
])('allowTraining %j with %j: %j', (allowTraining, access, expected) => {
  expect(mayTrain(allowTraining, access)).toBe(expected);
});
