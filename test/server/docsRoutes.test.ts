import type { FastifyPluginAsync } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sizeOf } from '#inkling/core/shape.js';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { BatchPredictor } from '#inkling/predict/batchPredictor.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { readTrainedModel } from '#inkling/runs/resolveModel.js';
import { docsRoutes } from '#inkling/server/docsRoutes.js';
import { openApiDocument } from '#inkling/server/openapi/document.js';
import { allRoutes } from '#inkling/server/routes.js';
import { ServerMetrics } from '#inkling/server/serverMetrics.js';
import { createTestServer } from './testServer.js';

const trained = readTrainedModel(PRETRAINED_RUN);
const shape = trained.saved.model.input;
const document = openApiDocument(shape);
const described = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
);

let predictor: BatchPredictor;
let preprocessor: ImagePreprocessor;
beforeAll(async () => {
  predictor = await BatchPredictor.start(trained.saved, { queueLimit: 1 });
  preprocessor = new ImagePreprocessor(shape);
});
afterAll(async () => {
  await predictor.close();
  await preprocessor.close();
});

/** Collects the routes that other plugins register, in the notation of OpenAPI. */
function routeCollector(routes: Set<string>): FastifyPluginAsync {
  const collect: FastifyPluginAsync = (server) => {
    server.addHook('onRoute', ({ method, url }) => {
      // A route for several methods rejects them.
      if (typeof method === 'string') routes.add(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
    });
    return Promise.resolve();
  };
  // As the package fastify-plugin does: the hook sees the routes of its siblings.
  return Object.assign(collect, { [Symbol.for('skip-override')]: true });
}

test('describes every route of the server, and no others', async () => {
  const registered = new Set<string>();
  const metrics = new ServerMetrics(() => 0);
  const parts = {
    trained,
    predictor,
    preprocessor,
    metrics,
    runDir: 'none',
    environment: {},
    isTrainingAllowed: true,
  };
  await createTestServer([routeCollector(registered), ...allRoutes(parts)]);
  const isFile = (route: string) => route.startsWith('HEAD ') || route.endsWith('/*');
  const routes = [...registered].filter((route) => !isFile(route));
  expect([...described].sort()).toEqual(['GET /', ...routes].sort());
});

test('serves the description as JSON', async () => {
  const { server } = await createTestServer([docsRoutes(shape)]);
  const response = await server.inject('/openapi.json');
  expect(response.json()).toEqual(JSON.parse(JSON.stringify(document)));
  const content = document.paths['/v1/predict'].post?.requestBody?.content;
  expect(content).toMatchObject({
    'application/json': { schema: { properties: { pixels: { minItems: sizeOf(shape) } } } },
  });
});

test('refers only to schemas that exist', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)];
  expect(references.length).toBeGreaterThan(20);
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name);
});

test('serves the description as a page without scripts', async () => {
  const { server } = await createTestServer([docsRoutes(shape)]);
  const page = await server.inject('/docs');
  expect(page.headers['content-security-policy']).toMatch("default-src 'none'");
  expect(page.body).not.toMatch(/<script|https?:\/\/(?!localhost)/);
  for (const route of described) expect(page.body).toContain(`<code>${route}</code>`);
});
