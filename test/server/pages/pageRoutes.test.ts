import { expect, test } from 'vitest';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { pageRoutes } from '#inkling/server/pages/pageRoutes.js';
import { createTestServer } from '../testServer.js';

const routes = [pageRoutes(readTrainedModel(PRETRAINED_RUN))];

test('serves the page without the API key, but not the model', async () => {
  const { server } = await createTestServer(routes, { apiKey: 'correct-horse' });
  const page = await server.inject('/');
  expect(page.statusCode).toBe(200);
  expect(page.headers).toMatchObject({
    'cache-control': 'no-cache',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as string,
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  const [script] = /assets\/[^"]+\.js/.exec(page.body) ?? [];
  expect((await server.inject(`/${script ?? ''}`)).statusCode).toBe(200);
  expect((await server.inject('/api/model')).statusCode).toBe(401);
});

test.each(['br', 'gzip'])('serves assets compressed with %s and as immutable', async (encoding) => {
  const { server } = await createTestServer(routes);
  const [script = ''] = /assets\/[^"]+\.js/.exec((await server.inject('/')).body) ?? [];
  const plain = await server.inject(`/${script}`);
  const compressed = await server.inject({ url: `/${script}`, headers: { 'accept-encoding': encoding } });
  expect(compressed.headers).toMatchObject({
    'content-encoding': encoding,
    'content-type': expect.stringMatching(/javascript; charset=utf-8/) as string,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  });
  expect(compressed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 2);
});
