import type { FastifyPluginAsync } from 'fastify';
import { encodeCheckpoint } from '../../interop/checkpoint.js';
import type { TrainedModel } from '../../predict/trainedModel.js';
import type { ServedModel } from '../apiSchemas.js';
import { servePageFiles } from './staticFiles.js';

/** `/`: the page. `/api/model`: the served model, which stays available when its run is deleted. */
export function pageRoutes({ name, saved }: TrainedModel): FastifyPluginAsync {
  const checkpoint = encodeCheckpoint(saved);
  return async (server) => {
    server.get('/api/model', (): ServedModel => ({ name }));
    server.get('/api/model/checkpoint', (_request, reply) =>
      reply.type('application/octet-stream').send(checkpoint),
    );
    await servePageFiles(server, 'web');
  };
}
