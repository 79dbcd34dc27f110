import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { onTestFinished } from 'vitest';
import type { AccessOptions } from '#inkling/server/access.js';
import { ServerMetrics } from '#inkling/server/serverMetrics.js';
import { createServer } from '#inkling/server/server.js';

export interface TestServer {
  readonly server: FastifyInstance;
  /** What the client was not told. */
  readonly reported: readonly string[];
}

/** A server that is closed when the test ends. */
export async function startServer(
  routes: readonly FastifyPluginAsync[],
  access: Partial<AccessOptions> = {},
): Promise<TestServer> {
  const reported: string[] = [];
  const server = await createServer({
    routes,
    access: { isLoopback: true, ...access },
    metrics: new ServerMetrics(() => 0),
    report: (line) => reported.push(line),
  });
  onTestFinished(() => server.close());
  return { server, reported };
}
