import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { healthRoutes } from '#inkling/server/healthRoutes.js';
import { Problem } from '#inkling/server/problem.js';
import { createTestServer, echoRoutes } from './testServer.js';

const PROBLEM = 'application/problem+json; charset=utf-8';

test('reports its health and readiness', async () => {
  let isReady = false;
  const { server } = await createTestServer([healthRoutes(() => isReady)]);
  expect((await server.inject('/health')).json()).toEqual({ status: 'ok' });
  expect((await server.inject('/ready')).json()).toMatchObject({ status: 503 });
  isReady = true;
  expect((await server.inject('/ready')).json()).toEqual({ status: 'ready' });
});

test('sends a problem body for every error, and never a stack trace', async () => {
  const { server, logged } = await createTestServer([
    (app) => {
      app.get('/secret', () => {
        throw new Error('the secret\nof line 7');
      });
      app.get('/full', () => {
        throw new Problem(503, 'too many at once', 2);
      });
      return Promise.resolve();
    },
  ]);
  const secret = await server.inject('/secret');
  expect(secret.headers['content-type']).toBe(PROBLEM);
  expect(secret.json()).toEqual({
    type: 'about:blank',
    title: 'Internal Server Error',
    status: 500,
    detail: 'internal error; see the server log',
    code: 'failed',
  });
  expect(logged).toEqual(['GET /secret: the secret of line 7']);
  const full = await server.inject('/full');
  expect(full.headers).toMatchObject({ 'retry-after': '2', 'content-type': PROBLEM });
  expect(full.json()).toMatchObject({ status: 503, detail: 'too many at once', code: 'busy' });
});

test.each([
  ['/v2/predict?x=1', 404, 'unknown path "/v2/predict"; /docs lists all paths'],
  ['/healht', 404, 'unknown path "/healht" (did you mean "/health"?); /docs lists all paths'],
  ['/%zz', 400, "'/%zz' is not a valid url component"],
])('responds to %s with %i', async (url, status, detail) => {
  const { server } = await createTestServer([healthRoutes(() => true)]);
  const response = await server.inject({ url });
  expect(response.headers['content-type']).toBe(PROBLEM);
  expect(response.json()).toMatchObject({ status, detail });
});

test.each([
  ['nonsense\r\n\r\n', 'HTTP/1.1 400 Bad Request', 'expected an HTTP/1.1 request, got something else'],
  [
    'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n',
    'HTTP/1.1 400 Bad Request',
    'host: expected a Host header, got none',
  ],
  [
    `GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    'HTTP/1.1 431 Request Header Fields Too Large',
    'the headers are too long; expected at most 16 KB',
  ],
  [
    'GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'HTTP/1.1 404 Not Found',
    'unknown path "/../../etc/passwd"; /docs lists all paths',
  ],
  [
    'GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'HTTP/1.1 404 Not Found',
    'unknown path "/%2e%2e/etc/passwd"; /docs lists all paths',
  ],
])('responds to requests that no browser sends: %#', async (request, status, detail) => {
  const { server } = await createTestServer([healthRoutes(() => true)]);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(request);
  const response = await text(socket);
  expect(response.slice(0, response.indexOf('\r'))).toBe(status);
  expect(response).toMatch(/\r\ncontent-type: application\/problem\+json/i);
  expect(JSON.parse(response.slice(response.indexOf('{')))).toMatchObject({ detail });
});

test.each([
  ['POST', '/health', {}, 405, 'POST /health: expected GET, HEAD'],
  ['DELETE', '/ready', { 'content-length': '0' }, 405, 'DELETE /ready: expected GET, HEAD'],
  ['GET', '/echo', {}, 405, 'GET /echo: expected POST'],
  ['POST', '/echo', {}, 411, 'body: expected a request body with a Content-Length, got none'],
  [
    'POST',
    '/echo',
    { 'content-encoding': 'gzip', 'content-length': '9' },
    415,
    'body: expected no Content-Encoding, got "gzip"; send it uncompressed',
  ],
] as const)('rejects %s %s with %j', async (method, url, headers, status, detail) => {
  const { server } = await createTestServer([healthRoutes(() => true), echoRoutes]);
  const payload = 'content-length' in headers ? { payload: '123456789' } : {};
  const response = await server.inject({ method, url, headers, ...payload });
  expect(response.headers['content-type']).toBe(PROBLEM);
  expect(response.json()).toMatchObject({ status, detail });
  if (status === 405) expect(response.headers.allow).toBe(detail.replace(/.*expected /, ''));
  if (status === 415) expect(response.headers['accept-encoding']).toBe('identity');
});
