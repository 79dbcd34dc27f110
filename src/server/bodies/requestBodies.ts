import type { FastifyInstance } from 'fastify';
import { Problem } from '../problem.js';

/** Rejects bodies that the routes cannot read: compressed bodies, and bodies without the headers that describe them. */
export function rejectUnreadableBodies(server: FastifyInstance): void {
  server.addHook('preParsing', ({ method, headers }, reply, _payload, done) => {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') {
      // RFC 9110, section 15.5.16: which content encoding the server would accept.
      reply.header('accept-encoding', 'identity');
      done(
        new Problem(
          415,
          `body: expected no Content-Encoding, got "${encoding.slice(0, 32)}"; send it uncompressed`,
        ),
      );
      return;
    }
    const isAnnounced = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
    if (method === 'POST' && !isAnnounced) {
      done(new Problem(411, 'body: expected a request body with a Content-Length, got none'));
      return;
    }
    done();
  });
}
