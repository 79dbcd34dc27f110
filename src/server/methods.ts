import type { FastifyInstance } from 'fastify';
import { Problem } from './problem.js';

/**
 * Rejects requests with a method that the path does not support: 405 with an `Allow` header, instead of 404. Paths with a
 * wildcard are excluded, since nothing may exist there.
 *
 * @returns to be called when all routes are registered
 */
export function rejectOtherMethods(server: FastifyInstance): () => void {
  const methods = new Map<string, Set<string>>();
  server.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const name of [method].flat()) known.add(name);
    methods.set(url, known);
  });
  return () => {
    for (const [url, known] of [...methods]) {
      if (!url.includes('*')) rejectAllBut(server, url, [...known]);
    }
  };
}

function rejectAllBut(server: FastifyInstance, url: string, known: readonly string[]): void {
  const isKnown = (method: string) => known.includes(method);
  const allowed = known.toSorted().join(', ');
  server.route({
    url,
    method: server.supportedMethods.filter((method) => !isKnown(method)),
    // Before a body is read.
    onRequest: (request, reply, done) => {
      reply.header('allow', allowed);
      done(new Problem(405, `${request.method} ${url}: expected ${allowed}`));
    },
    handler: () => undefined,
  });
}
