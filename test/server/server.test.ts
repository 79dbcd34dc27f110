import { expect, test } from 'vitest';
import { healthRoutes } from '#inkling/server/healthRoutes.js';
import { Problem } from '#inkling/server/problem.js';
import { createServer } from '#inkling/server/server.js';

const PROBLEM = 'application/problem+json; charset=utf-8';

test('says whether it is up and ready', async () => {
  let isReady = false;
  const server = await createServer({ routes: [healthRoutes(() => isReady)], report: () => undefined });
  expect((await server.inject('/health')).json()).toEqual({ status: 'ok' });
  expect((await server.inject('/ready')).statusCode).toBe(503);
  isReady = true;
  expect((await server.inject('/ready')).json()).toEqual({ status: 'ready' });
});

test('answers errors with a problem body, and never with a stack trace', async () => {
  const reported: string[] = [];
  const server = await createServer({
    routes: [
      (app) => {
        app.get('/secret', () => {
          throw new Error('the secret\nof line 7');
        });
        app.get('/full', () => {
          throw new Problem(503, 'too many at once', 2);
        });
        return Promise.resolve();
      },
    ],
    report: (line) => reported.push(line),
  });
  const secret = await server.inject('/secret');
  expect(secret.headers['content-type']).toBe(PROBLEM);
  expect(secret.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'the server failed; its log says how',
  });
  expect(reported).toEqual(['GET /secret: the secret of line 7']);
  const full = await server.inject('/full');
  expect(full.headers).toMatchObject({ 'retry-after': '2', 'content-type': PROBLEM });
  expect(full.json()).toMatchObject({ status: 503, detail: 'too many at once' });
  const missing = await server.inject({ method: 'POST', url: '/v2/predict?x=1' });
  expect(missing.json()).toEqual({
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'POST /v2/predict?x=1: there is nothing of this name',
  });
});
