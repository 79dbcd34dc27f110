import type { FastifyPluginAsync } from 'fastify';

/** `/health`: the process answers. `/ready`: the model can be asked. */
export function healthRoutes(isReady: () => boolean): FastifyPluginAsync {
  return (server) => {
    server.get('/health', () => ({ status: 'ok' }));
    server.get('/ready', (_request, reply) =>
      isReady() ? { status: 'ready' } : reply.code(503).send({ status: 'not ready' }),
    );
    return Promise.resolve();
  };
}
