import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { messageOf } from '../core/errors.js';
import { codeOf } from '../platform/fileErrors.js';
import { fastify } from '../vendor/server.js';
import { addAccessControl } from './access.js';
import type { AccessOptions } from './accessOptions.js';
import { boundBodies } from './bodies/bodyMemory.js';
import { drainRejectedBodies } from './bodies/drain.js';
import { MAX_BODY_BYTES, REQUEST_CHECK_MS, REQUEST_TIMEOUT_MS } from './limits.js';
import { rejectOtherMethods } from './methods.js';
import {
  oneLine,
  Problem,
  problemBody,
  problemOf,
  PROBLEM_TYPE,
  sendProblem,
  unknownNameProblem,
} from './problem.js';
import { rejectUnreadableBodies } from './bodies/requestBodies.js';
import { addResponseHeaders } from './responseHeaders.js';
import type { ServerMetrics } from './serverMetrics.js';

export interface ServerParts {
  /** Plugins that add routes. */
  readonly routes: readonly FastifyPluginAsync[];
  readonly access: AccessOptions;
  readonly metrics: ServerMetrics;
  /** Logs an internal error, in one line; the client is told only that there was one. */
  readonly log: (line: string) => void;
}

/**
 * Creates a server that does not listen yet. Every error response has a problem body (RFC 9457).
 *
 * @throws {Error} when two plugins add the same route
 */
export async function createServer({ routes, access, metrics, log }: ServerParts): Promise<FastifyInstance> {
  const sendError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(error);
    if (problem === undefined) log(`${request.method} ${request.url}: ${oneLine(messageOf(error))}`);
    return sendProblem(reply, problem ?? new Problem(500, 'internal error; see the server log'));
  };
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: {
      headersTimeout: REQUEST_TIMEOUT_MS,
      // Node.js would check every 30 seconds only.
      connectionsCheckingInterval: REQUEST_CHECK_MS,
      // Node.js would respond without a problem body.
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
    clientErrorHandler: rejectMalformed,
  });
  server.setErrorHandler(sendError);
  const paths = new Set<string>();
  server.addHook('onRoute', ({ url }) => {
    // No client means a pattern.
    if (!/[:*]/.test(url)) paths.add(url);
  });
  server.setNotFoundHandler(({ url }, reply) => {
    const [path] = url.split('?');
    return sendProblem(reply, unknownNameProblem('path', path, [...paths], '/docs lists all paths'));
  });
  server.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }, done) => {
    metrics.onResponse(method, routeOptions.url ?? 'none', statusCode, elapsedTime / 1000);
    done();
  });
  drainRejectedBodies(server);
  closeConnectionsOnShutdown(server);
  requireHost(server);
  addResponseHeaders(server);
  await addAccessControl(server, access);
  rejectUnreadableBodies(server);
  boundBodies(server);
  const completeRoutes = rejectOtherMethods(server);
  for (const plugin of routes) await server.register(plugin);
  completeRoutes();
  await server.ready();
  return server;
}

/** Otherwise a connection with a pending request would stay open for the next one while the server closes. */
function closeConnectionsOnShutdown(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing) reply.header('connection', 'close');
    done();
  });
}

/** Source: RFC 9112, section 3.2. */
function requireHost(server: FastifyInstance): void {
  server.addHook('onRequest', ({ raw }, _reply, done) => {
    if (raw.httpVersion === '1.1' && raw.headers.host === undefined) {
      throw new Problem(400, 'host: expected a Host header, got none');
    }
    done();
  });
}

/** Responds to data that is not HTTP, arrives too slowly, or has too many headers. */
function rejectMalformed(error: Error, socket: Socket): void {
  // The client has disconnected.
  if (codeOf(error) === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem =
    malformed[codeOf(error) ?? ''] ?? new Problem(400, 'expected an HTTP/1.1 request, got something else');
  const { status, title, body } = problemBody(problem);
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
}

const malformed: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(
    408,
    `the request took longer than ${REQUEST_TIMEOUT_MS / 1000} s to arrive; send it again`,
  ),
  HPE_HEADER_OVERFLOW: new Problem(431, 'the headers are too long; expected at most 16 KB'),
};
