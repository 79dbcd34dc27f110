import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { validate } from '../core/validate.js';
import { MAX_CHECKPOINT_BYTES } from '../interop/checkpoint.js';
import { kindOf, readBytes } from '../platform/files.js';
import { BEST_CHECKPOINT } from '../predict/load.js';
import { EventFeed } from './eventFeed.js';
import { EventStreams } from './eventStreams.js';
import { Problem, unknownNameProblem } from './problem.js';
import { describeRun, findRun, listRunItems } from './runDescriptions.js';
import { dispositionOf, findDownload, listDownloads } from './runs/downloads.js';

const paramsSchema = z.object({ name: z.string() });
const fileSchema = z.object({ file: z.string() });

/** `/api/runs`: lists the runs in a folder, describes one, and returns its files and its events as they occur. */
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

    server.get('/api/runs/:name/files/:file', ({ params }, reply) => {
      const { name, folder } = runOf(params);
      const { file } = validate(fileSchema, params, 'file');
      const download = findDownload(folder, file);
      if (download === undefined) {
        const known = listDownloads(folder).map((each) => each.name);
        throw unknownNameProblem('file', file, known, 'GET /api/runs/{name} lists the files');
      }
      if (download.policy !== undefined) reply.header('content-security-policy', download.policy);
      // Large files are not kept in memory for slow clients.
      return reply
        .type(download.type)
        .header('content-disposition', dispositionOf(name, file, download))
        .send(createReadStream(download.file));
    });

    server.get('/api/runs/:name/events', ({ params, headers, ip }, reply) => {
      const { folder } = runOf(params);
      const stream = streams.open(folder, ip, headers['last-event-id']);
      return reply.type('text/event-stream').send(stream);
    });
    return Promise.resolve();
  };
}
