import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { onTestFinished } from 'vitest';
import type { AccessOptions } from '#inkling/server/accessOptions.js';
import { ServerMetrics } from '#inkling/server/serverMetrics.js';
import { createServer } from '#inkling/server/server.js';

export interface TestServer {
  readonly server: FastifyInstance;
  /** Internal errors, which are not reported to the client. */
  readonly logged: readonly string[];
}

/** Creates a server that is closed when the test ends. */
export async function createTestServer(
  routes: readonly FastifyPluginAsync[],
  access: Partial<AccessOptions> = {},
): Promise<TestServer> {
  const logged: string[] = [];
  const server = await createServer({
    routes,
    access: { isLoopback: true, ...access },
    metrics: new ServerMetrics(() => 0),
    log: (line) => logged.push(line),
  });
  onTestFinished(() => server.close());
  return { server, logged };
}

/** `POST /echo`: responds with the body of the request. */
export const echoRoutes: FastifyPluginAsync = (app) => {
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
  app.post('/echo', ({ body }) => body);
  return Promise.resolve();
};
