import type { FastifyPluginAsync } from 'fastify';
import { expect, test } from 'vitest';
import { docsRoutes } from '#inkling/server/docsRoutes.js';
import { healthRoutes } from '#inkling/server/healthRoutes.js';
import { createTestServer } from './testServer.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:68.0) Gecko/20100101 Firefox/68.0';
const HOST = 'localhost:8080';
const OWN = `http://${HOST}`;
const EVIL = 'https://evil.example';
const ALLOWED = 'https://friend.example';

const work: FastifyPluginAsync = (app) => {
  app.addContentTypeParser('*', (_request, _body, done) => {
    done(null);
  });
  app.get('/api/data/:name', () => ({ worked: true }));
  app.post('/v1/predict', () => ({ worked: true }));
  return Promise.resolve();
};
const routes = [healthRoutes(() => true), docsRoutes([28, 28, 1]), work];

async function statusOf(headers: Record<string, string>, method: 'GET' | 'POST' = 'GET'): Promise<number> {
  const { server } = await createTestServer(routes, { origins: [ALLOWED] });
  const url = method === 'GET' ? '/api/data/mnist' : '/v1/predict';
  const payload = method === 'POST' ? { payload: 'x' } : {};
  const response = await server.inject({ method, url, headers: { host: HOST, ...headers }, ...payload });
  return response.statusCode;
}

test.each([
  ['curl', {}],
  ['curl, which names another page', { referer: `${OWN}/` }],
  ['the page', { 'sec-fetch-site': 'same-origin', origin: OWN, 'user-agent': FIREFOX }],
  ['the page behind a proxy that changes the host', { 'sec-fetch-site': 'same-origin', origin: ALLOWED }],
  ['the user, in the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ['the page in an old browser', { origin: OWN, 'user-agent': FIREFOX }],
  ['a GET request of the page in an old browser', { referer: `${OWN}/#runs`, 'user-agent': FIREFOX }],
  ['the page behind a proxy for HTTPS', { origin: `https://${HOST}`, 'user-agent': FIREFOX }],
  ['a page that --cors allows', { 'sec-fetch-site': 'cross-site', origin: ALLOWED }],
  ['a page that --cors allows, in an old browser', { origin: ALLOWED, 'user-agent': FIREFOX }],
  ['a browser with a bearer token', { 'user-agent': FIREFOX, authorization: 'Bearer x' }],
])('accepts requests of %s', async (_, headers) => {
  expect(await statusOf(headers)).toBe(200);
  expect(await statusOf(headers, 'POST')).toBe(200);
});

test.each([
  ['an image tag', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
  ['a link', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', referer: EVIL }],
  ['another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
  ['a script', { 'sec-fetch-site': 'cross-site', origin: EVIL }],
  ['an old browser', { origin: EVIL, 'user-agent': FIREFOX }],
  ['a sandboxed frame or a file', { origin: 'null', 'user-agent': FIREFOX }],
  ['an image tag in an old browser', { referer: `${EVIL}/page`, 'user-agent': FIREFOX }],
  ['an image tag without a referrer in an old browser', { 'user-agent': FIREFOX }],
  ['the same with a stored password', { 'user-agent': FIREFOX, authorization: 'Basic eDp4' }],
  ['a host that only begins like the server', { origin: `${OWN}.evil.example` }],
  ['an image tag of a page that --cors allows', { 'sec-fetch-site': 'cross-site', referer: ALLOWED }],
])('rejects cross-site requests of %s', async (_, headers) => {
  expect(await statusOf(headers)).toBe(403);
});

test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
  'rejects cross-site forms of type %s before it reads them',
  async (type) => {
    expect(await statusOf({ origin: EVIL, 'content-type': type }, 'POST')).toBe(403);
  },
);

test.each([
  [
    { origin: EVIL },
    `origin: expected a page of this server, got ${EVIL}; restart the server with --cors ${EVIL} to allow it`,
  ],
  [
    { origin: 'null' },
    'origin: expected a page of this server, got "null"; use a page with an origin allowed with --cors',
  ],
  [
    { 'sec-fetch-site': 'cross-site' },
    "origin: expected a page of this server, got another site's page that does not state its origin; use this server's page, or a request that states an origin allowed with --cors",
  ],
])('says why and what to do: %j', async (headers, detail) => {
  const { server } = await createTestServer(routes);
  const response = await server.inject({ url: '/api/data/mnist', headers });
  expect(response.json()).toMatchObject({ status: 403, detail });
});

test.each(['/docs', '/openapi.json', '/health', '/ready'])('other sites may link to %s', async (url) => {
  const { server } = await createTestServer(routes);
  const response = await server.inject({ url, headers: { 'sec-fetch-site': 'cross-site', referer: EVIL } });
  expect(response.statusCode).toBe(200);
});

test('every response states its type, and can neither be embedded nor cached', async () => {
  const { server } = await createTestServer(routes);
  for (const url of ['/api/data/mnist', '/health', '/nothing', '/docs']) {
    expect((await server.inject(url)).headers, url).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  }
});
