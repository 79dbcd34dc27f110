import type { FastifyInstance } from 'fastify';

/**
 * Headers of every response unless a route sets them: the type is as stated, pages of other sites cannot embed it, and no cache, such
 * as one shared by several users, keeps it.
 */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export function addResponseHeaders(server: FastifyInstance): void {
  server.addHook('onSend', (_request, reply, _payload, done) => {
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!reply.hasHeader(name)) reply.header(name, value);
    }
    done();
  });
}
