import type { FastifyPluginAsync } from 'fastify';
import { Problem } from './problem.js';

/** `/health`: the process is running. `/ready`: the model accepts predictions. */
export function healthRoutes(isReady: () => boolean): FastifyPluginAsync {
  return (server) => {
    server.get('/health', () => ({ status: 'ok' }));
    server.get('/ready', () => {
      if (!isReady())
        throw new Problem(503, 'the model has stopped; restart the server', undefined, 'closed');
      return { status: 'ready' };
    });
    return Promise.resolve();
  };
}
