import { expect, test } from 'vitest';
import { healthRoutes } from '#inkling/server/healthRoutes.js';
import { createTestServer } from './testServer.js';

const routes = [
  healthRoutes(() => true),
  (app: Parameters<ReturnType<typeof healthRoutes>>[0]) => {
    app.get('/v1/model', () => ({ name: 'mlp' }));
    return Promise.resolve();
  },
];
const KEY = 'correct-horse';

test.each([
  ['no key', {}, 401],
  ['a wrong key', { authorization: 'Bearer wrong' }, 401],
  ['a longer key', { authorization: `Bearer ${KEY}!` }, 401],
  ['no credentials', { authorization: 'Bearer' }, 401],
  ['another scheme', { authorization: `Token ${KEY}` }, 401],
  ['the key without a scheme', { authorization: KEY }, 401],
  ['more than the key', { authorization: `Bearer ${KEY} ${KEY}` }, 401],
  ['the key', { authorization: `Bearer ${KEY}` }, 200],
  ['the key as a password', { authorization: `Basic ${Buffer.from(`me:${KEY}`).toString('base64')}` }, 200],
  ['a wrong password', { authorization: `Basic ${Buffer.from(`${KEY}:no`).toString('base64')}` }, 401],
])('requires the API key: %s', async (_, headers, status) => {
  const { server } = await createTestServer(routes, { apiKey: KEY });
  const response = await server.inject({ url: '/v1/model', headers });
  expect(response.statusCode).toBe(status);
  if (status === 401) {
    expect(response.headers['www-authenticate']).toBe('Bearer realm="inkling"');
    expect(response.json()).toMatchObject({
      detail: 'the API key is missing or wrong; send "Authorization: Bearer KEY"',
    });
  }
});

test('makes a browser prompt for the key when it opens a document', async () => {
  const { server } = await createTestServer(routes, { apiKey: KEY });
  const response = await server.inject({ url: '/v1/model', headers: { 'sec-fetch-mode': 'navigate' } });
  expect(response.headers['www-authenticate']).toBe('Basic realm="inkling", charset="UTF-8"');
});

test('requires the key before it reveals which routes exist, but not for health checks', async () => {
  const { server } = await createTestServer(routes, { apiKey: KEY });
  expect((await server.inject('/nothing')).statusCode).toBe(401);
  expect((await server.inject('/health')).statusCode).toBe(200);
  expect((await server.inject('/ready')).statusCode).toBe(200);
});

test.each([
  ['localhost:8080', 200],
  ['127.0.0.1', 200],
  ['[::1]:8080', 200],
  ['attacker.example', 421],
  ['localhost.attacker.example:80', 421],
])('responds to the host %s with %i', async (host, status) => {
  const { server } = await createTestServer(routes);
  expect((await server.inject({ url: '/v1/model', headers: { host } })).statusCode).toBe(status);
});

test('accepts any host name when it listens on a public address', async () => {
  const { server } = await createTestServer(routes, { isLoopback: false });
  const response = await server.inject({ url: '/v1/model', headers: { host: 'inkling.example' } });
  expect(response.statusCode).toBe(200);
});

test('allows the given origins and no others', async () => {
  const { server } = await createTestServer(routes, { origins: ['https://a.example'], apiKey: KEY });
  const preflight = (origin: string) =>
    server.inject({
      method: 'OPTIONS',
      url: '/v1/model',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
  expect((await preflight('https://a.example')).headers['access-control-allow-origin']).toBe(
    'https://a.example',
  );
  expect((await preflight('https://b.example')).headers).not.toHaveProperty('access-control-allow-origin');
});

test('limits the requests per minute', async () => {
  const { server } = await createTestServer(routes, { rateLimit: 2 });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await server.inject('/v1/model')).statusCode);
  expect(statuses).toEqual([200, 200, 429]);
  const rejected = await server.inject('/v1/model');
  expect(rejected.headers['content-type']).toMatch('application/problem+json');
  const seconds = Number(rejected.headers['retry-after']);
  expect(seconds).toBeGreaterThan(0);
  expect(rejected.json()).toMatchObject({
    detail: `expected at most 2 requests per minute; try again in ${seconds} s`,
  });
});
