import type { FastifyPluginAsync } from 'fastify';
import * as z from 'zod';
import { messageOf, UsageError } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import { stopTrial } from '../../sweep/stopTrial.js';
import { EventStreams } from '../eventStreams.js';
import { Problem } from '../problem.js';
import { describeSweep, findSweep, listSweepItems } from './sweepDescriptions.js';
import { SweepFeed } from './sweepFeed.js';

const paramsSchema = z.object({ name: z.string() });
const trialSchema = z.object({ number: z.string() });

/** `/api/sweeps`: lists the sweeps in a folder, describes one with its trials as they change, and stops a trial. */
export function sweepRoutes(runDir: string): FastifyPluginAsync {
  return (server) => {
    const streams = new EventStreams((folder, onChange) => new SweepFeed(folder, onChange));
    server.addHook('preClose', (done) => {
      streams.close();
      done();
    });
    const folderOf = (params: unknown) => findSweep(runDir, validate(paramsSchema, params, 'sweep').name);

    server.get('/api/sweeps', () => ({ sweeps: listSweepItems(runDir) }));

    server.get('/api/sweeps/:name', ({ params }) => describeSweep(folderOf(params)));

    server.get('/api/sweeps/:name/events', ({ params, headers, ip }, reply) => {
      const stream = streams.open(folderOf(params), ip, headers['last-event-id']);
      return reply.type('text/event-stream').send(stream);
    });

    server.post('/api/sweeps/:name/trials/:number/stop', ({ params }, reply) => {
      const folder = folderOf(params);
      const { number } = validate(trialSchema, params, 'trial');
      try {
        stopTrial(folder, /^\d{1,9}$/.test(number) ? Number(number) : Infinity);
      } catch (error) {
        throw error instanceof UsageError ? new Problem(409, messageOf(error)) : error;
      }
      return reply.code(202).send();
    });
    return Promise.resolve();
  };
}
