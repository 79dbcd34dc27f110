import type { FastifyPluginAsync } from 'fastify';
import { Problem } from './problem.js';

/** `/health`: the process answers. `/ready`: the model can be asked. */
export function healthRoutes(isReady: () => boolean): FastifyPluginAsync {
  return (server) => {
    server.get('/health', () => ({ status: 'ok' }));
    server.get('/ready', () => {
      if (!isReady()) throw new Problem(503, 'the network cannot be asked; restart the server');
      return { status: 'ready' };
    });
    return Promise.resolve();
  };
}
