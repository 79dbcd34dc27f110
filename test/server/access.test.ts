import { expect, test } from 'vitest';
import { healthRoutes } from '#inkling/server/healthRoutes.js';
import { startServer } from './testServer.js';

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
  ['no word', { authorization: 'Bearer' }, 401],
  ['the key', { authorization: `Bearer ${KEY}` }, 200],
  ['the key as a password', { authorization: `Basic ${Buffer.from(`me:${KEY}`).toString('base64')}` }, 200],
  ['a wrong password', { authorization: `Basic ${Buffer.from(`${KEY}:no`).toString('base64')}` }, 401],
])('asks for the key: %s', async (_, headers, status) => {
  const { server } = await startServer(routes, { apiKey: KEY });
  const answer = await server.inject({ url: '/v1/model', headers });
  expect(answer.statusCode).toBe(status);
  if (status === 401) {
    expect(answer.headers['www-authenticate']).toBe('Basic realm="inkling", charset="UTF-8"');
    expect(answer.json()).toMatchObject({ detail: 'expected the API key: "Authorization: Bearer KEY"' });
  }
});

test('asks for the key before it says what there is, but not whether it is up', async () => {
  const { server } = await startServer(routes, { apiKey: KEY });
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
])('answers a page of %s with %i', async (host, status) => {
  const { server } = await startServer(routes);
  expect((await server.inject({ url: '/v1/model', headers: { host } })).statusCode).toBe(status);
});

test('answers to any name where other machines may ask', async () => {
  const { server } = await startServer(routes, { isLoopback: false });
  const answer = await server.inject({ url: '/v1/model', headers: { host: 'inkling.example' } });
  expect(answer.statusCode).toBe(200);
});

test('lets pages of the named origins ask, and no others', async () => {
  const { server } = await startServer(routes, { origins: ['https://a.example'], apiKey: KEY });
  const ask = (origin: string) =>
    server.inject({
      method: 'OPTIONS',
      url: '/v1/model',
      headers: { origin, 'access-control-request-method': 'GET' },
    });
  expect((await ask('https://a.example')).headers['access-control-allow-origin']).toBe('https://a.example');
  expect((await ask('https://b.example')).headers).not.toHaveProperty('access-control-allow-origin');
});

test('lets an address ask so often a minute', async () => {
  const { server } = await startServer(routes, { rateLimit: 2 });
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await server.inject('/v1/model')).statusCode);
  expect(statuses).toEqual([200, 200, 429]);
  const refused = await server.inject('/v1/model');
  expect(refused.headers['content-type']).toMatch('application/problem+json');
  expect(refused.json()).toMatchObject({ detail: 'more than 2 requests a minute; ask again later' });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});
