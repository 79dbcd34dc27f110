import { fastify, type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import { messageOf } from '../core/errors.js';
import { oneLine, Problem, problemOf, sendProblem } from './problem.js';

/** A JSON body of 64 images of 28×28 numbers takes about half of it. */
const BODY_LIMIT_BYTES = 1 << 20;
/** How long a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 10_000;

export interface ServerOptions {
  /** What is served: each adds its routes. */
  readonly routes: readonly FastifyPluginAsync[];
  /** Takes a line about what the client cannot be told. */
  readonly report: (line: string) => void;
}

/**
 * A server that does not listen yet. Every answer that is an error has a problem body (RFC 9457).
 *
 * @throws {InklingError} when routes cannot be added
 */
export async function createServer({ routes, report }: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    return503OnClosing: true,
    forceCloseConnections: 'idle',
  });
  server.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    if (problem === undefined) report(`${request.method} ${request.url}: ${oneLine(messageOf(error))}`);
    return sendProblem(reply, problem ?? new Problem(500, 'the server failed; its log says how'));
  });
  server.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new Problem(404, `${request.method} ${request.url}: there is nothing of this name`)),
  );
  for (const plugin of routes) await server.register(plugin);
  await server.ready();
  return server;
}
