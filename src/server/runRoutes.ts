import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { validate } from '../core/validate.js';
import { MAX_CHECKPOINT_BYTES } from '../interop/checkpoint.js';
import { kindOf, readBytes } from '../platform/files.js';
import { BEST_CHECKPOINT } from '../predict/load.js';
import { EventFeed } from './eventFeed.js';
import { EventStreams } from './eventStreams.js';
import { Problem } from './problem.js';
import { describeRun, findRun, listRunItems } from './runDescriptions.js';

const paramsSchema = z.object({ name: z.string() });

/** `/api/runs`: lists the runs in a folder, describes one, and returns its best checkpoint and its events as they occur. */
export function runRoutes(runDir: string): FastifyPluginAsync {
  return (server) => {
    const streams = new EventStreams((folder, onChange) => new EventFeed(folder, onChange));
    server.addHook('preClose', (done) => {
      streams.close();
      done();
    });
    const runOf = (params: unknown) => {
      const { name } = validate(paramsSchema, params, 'run');
      return { name, folder: findRun(runDir, name) };
    };

    server.get('/api/runs', () => ({ runs: listRunItems(runDir) }));

    server.get('/api/runs/:name', ({ params }) => {
      const { name, folder } = runOf(params);
      return describeRun(name, folder);
    });

    server.get('/api/runs/:name/checkpoint', ({ params }, reply) => {
      const { name, folder } = runOf(params);
      const file = join(folder, BEST_CHECKPOINT);
      if (kindOf(file) !== 'file')
        throw new Problem(404, `run "${name}": no checkpoint yet; try again later`);
      return reply.type('application/octet-stream').send(readBytes(file, MAX_CHECKPOINT_BYTES));
    });

    server.get('/api/runs/:name/events', ({ params, headers, ip }, reply) => {
      const { folder } = runOf(params);
      const stream = streams.open(folder, ip, headers['last-event-id']);
      return reply.type('text/event-stream').send(stream);
    });
    return Promise.resolve();
  };
}
