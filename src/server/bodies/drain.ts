import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { MAX_DRAINED_BYTES } from '../limits.js';

/**
 * Lets a client finish sending a body that was rejected early. Closing the connection at once would reset it, and many clients would report
 * that instead of the response.
 */
export function drainRejectedBodies(server: FastifyInstance): void {
  server.addHook('onSend', ({ raw, headers }, reply, _payload, done) => {
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (hasBody && !raw.complete) {
      // Fastify closes the connection after a body that cannot be parsed.
      reply.removeHeader('connection');
      drain(raw);
    }
    done();
  });
}

function drain(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_DRAINED_BYTES) request.socket.destroy();
  });
  request.resume();
}
