import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { validate } from '../core/validate.js';
import { kindOf, readBytes } from '../platform/files.js';
import { BEST_CHECKPOINT, CHECKPOINT_LIMIT_BYTES } from '../predict/load.js';
import { join } from 'node:path';
import { Problem } from './problem.js';
import { describeRun, listRunItems, parseEvent, readEvents, runFolder } from './runDescriptions.js';

/** How often a run that goes on is looked at. */
const LOOK_MS = 500;
/** A comment is sent so often, so that nothing on the way takes the connection for dead. */
const HEARTBEAT_MS = 15_000;
/** More would be a leak rather than readers. */
const MOST_LISTENERS = 64;

const paramsSchema = z.object({ name: z.string() });

/** `/api/runs`: the runs of a folder, one run, its best weights, and what happens in it as it happens. */
export function runRoutes(runDir: string): FastifyPluginAsync {
  return (server) => {
    const closing = new AbortController();
    let listeners = 0;
    server.addHook('preClose', () => {
      closing.abort();
      return Promise.resolve();
    });
    const named = (params: unknown) => {
      const { name } = validate(paramsSchema, params, 'run');
      return { name, folder: runFolder(runDir, name) };
    };

    server.get('/api/runs', () => ({ runs: listRunItems(runDir) }));

    server.get('/api/runs/:name', ({ params }) => {
      const { name, folder } = named(params);
      return describeRun(name, folder);
    });

    server.get('/api/runs/:name/checkpoint', ({ params }, reply) => {
      const { name, folder } = named(params);
      const file = join(folder, BEST_CHECKPOINT);
      if (kindOf(file) !== 'file') throw new Problem(404, `run "${name}": it has no weights yet`);
      return reply.type('application/octet-stream').send(readBytes(file, CHECKPOINT_LIMIT_BYTES));
    });

    server.get('/api/runs/:name/events', ({ params }, reply) => {
      const { folder } = named(params);
      if (listeners >= MOST_LISTENERS) {
        throw new Problem(503, `${MOST_LISTENERS} readers follow runs already; close one`, 10);
      }
      listeners += 1;
      const stream = Readable.from(follow(folder, closing.signal));
      stream.once('close', () => {
        listeners -= 1;
      });
      return reply.type('text/event-stream').header('cache-control', 'no-cache').send(stream);
    });
    return Promise.resolve();
  };
}

/** A run's progress and epochs as server-sent events, until it ends. */
async function* follow(folder: string, closing: AbortSignal): AsyncGenerator<string> {
  let [end, quietMs] = [0, 0];
  while (!closing.aborted && kindOf(folder) === 'folder') {
    const news = readEvents(folder, end);
    end = news.end;
    for (const line of news.lines) {
      const event = parseEvent(line);
      if (event !== undefined) yield `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
      if (event?.type === 'finished') return;
    }
    quietMs = news.lines.length === 0 ? quietMs + LOOK_MS : 0;
    if (quietMs % HEARTBEAT_MS === 0) yield ': still here\n\n';
    await setTimeout(LOOK_MS, undefined, { signal: closing }).catch(() => undefined);
  }
}
