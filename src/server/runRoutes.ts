import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { validate } from '../core/validate.js';
import { kindOf, readBytes } from '../platform/files.js';
import { BEST_CHECKPOINT, CHECKPOINT_LIMIT_BYTES } from '../predict/load.js';
import { readEvents } from '../runs/eventLog.js';
import { MAX_EVENT_STREAMS } from './limits.js';
import { Problem } from './problem.js';
import { describeRun, findRun, listRunItems } from './runDescriptions.js';

/** Interval at which the event log of a run is read. */
const POLL_MS = 500;
/** Interval at which a comment is sent when there are no events, so that proxies keep the connection open. */
const HEARTBEAT_MS = 15_000;
const RETRY_SECONDS = 10;

const paramsSchema = z.object({ name: z.string() });

/** `/api/runs`: lists the runs in a folder, describes one, and returns its best checkpoint and its events as they occur. */
export function runRoutes(runDir: string): FastifyPluginAsync {
  return (server) => {
    const closing = new AbortController();
    let streams = 0;
    server.addHook('preClose', () => {
      closing.abort();
      return Promise.resolve();
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
      return reply.type('application/octet-stream').send(readBytes(file, CHECKPOINT_LIMIT_BYTES));
    });

    server.get('/api/runs/:name/events', ({ params }, reply) => {
      const { folder } = runOf(params);
      if (streams >= MAX_EVENT_STREAMS) {
        throw new Problem(
          503,
          `expected at most ${MAX_EVENT_STREAMS} open event streams; close one`,
          RETRY_SECONDS,
        );
      }
      streams += 1;
      const stream = Readable.from(follow(folder, closing.signal));
      stream.once('close', () => {
        streams -= 1;
      });
      return reply.type('text/event-stream').header('cache-control', 'no-cache').send(stream);
    });
    return Promise.resolve();
  };
}

/** The events of a run as server-sent events, until the run ends or its folder is deleted. */
async function* follow(folder: string, closing: AbortSignal): AsyncGenerator<string> {
  let [offset, quietMs] = [0, 0];
  while (!closing.aborted && kindOf(folder) === 'folder') {
    const { events, end } = readEvents(folder, offset);
    offset = end;
    for (const event of events) {
      yield `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
      if (event.type === 'finished') return;
    }
    quietMs = events.length === 0 ? quietMs + POLL_MS : 0;
    if (quietMs % HEARTBEAT_MS === 0) yield ': heartbeat\n\n';
    await setTimeout(POLL_MS, undefined, { signal: closing }).catch(() => undefined);
  }
}
