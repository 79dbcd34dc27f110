import type { Socket } from 'node:net';
import {
  fastify,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { messageOf } from '../core/errors.js';
import { codeOf } from '../platform/files.js';
import { type AccessOptions, addAccessControl } from './access.js';
import type { ServerMetrics } from './serverMetrics.js';
import { oneLine, Problem, problemBody, problemOf, PROBLEM_TYPE, sendProblem } from './problem.js';

/** A JSON body of 64 images of 28×28 numbers takes about half of it. */
const BODY_LIMIT_BYTES = 1 << 20;
/** How long a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface ServerOptions {
  /** What is served: each adds its routes. */
  readonly routes: readonly FastifyPluginAsync[];
  readonly access: AccessOptions;
  readonly metrics: ServerMetrics;
  /** Takes a line about what the client cannot be told. */
  readonly report: (line: string) => void;
}

/**
 * A server that does not listen yet. Every answer that is an error has a problem body (RFC 9457).
 *
 * @throws {InklingError} when routes cannot be added
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { routes, access, metrics, report } = options;
  const answerError = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const problem = problemOf(error);
    if (problem === undefined) report(`${request.method} ${request.url}: ${oneLine(messageOf(error))}`);
    return sendProblem(reply, problem ?? new Problem(500, 'the server failed; its log says how'));
  };
  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: refuseMalformed,
  });
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new Problem(404, `${request.method} ${request.url}: there is nothing of this name`)),
  );
  server.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }, done) => {
    metrics.onResponse(method, routeOptions.url ?? 'none', statusCode, elapsedTime / 1000);
    done();
  });
  closeWhenAnswered(server);
  await addAccessControl(server, access);
  for (const plugin of routes) await server.register(plugin);
  await server.ready();
  return server;
}

/** A connection whose request is under way when the server closes would be kept open for the next one. */
function closeWhenAnswered(server: FastifyInstance): void {
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

/** Answers what is no HTTP, or comes too slowly or with too many headers. */
function refuseMalformed(error: Error, socket: Socket): void {
  // Whoever sent it has left.
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
    `the request took longer than ${REQUEST_TIMEOUT_MS / 1000} s to arrive`,
  ),
  HPE_HEADER_OVERFLOW: new Problem(431, 'the headers are too long; expected at most 16 KB'),
};
