import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyPluginAsync } from 'fastify';
import { readBytes } from '../platform/files.js';
import { BEST_CHECKPOINT, CHECKPOINT_LIMIT_BYTES } from '../predict/load.js';
import { readRun } from '../train/runs.js';
import type { ServedModel } from './api.js';

/** Where the build puts the page. */
const PAGE = fileURLToPath(new URL('../web/', import.meta.url));

/** The page asks nobody but this server, and shares its engine's memory with nobody. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; " +
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/**
 * `/`, the page, and `/api/model`, the model it draws for.
 *
 * @param folder the run whose best weights are served
 */
export function pageRoutes(folder: string): FastifyPluginAsync {
  return async (server) => {
    server.get('/api/model', (): ServedModel => {
      const { config, summary } = readRun(folder);
      return { name: config.name ?? basename(folder), calibration: summary?.calibration };
    });
    server.get('/api/model/checkpoint', (_request, reply) =>
      reply
        .type('application/octet-stream')
        .send(readBytes(join(folder, BEST_CHECKPOINT), CHECKPOINT_LIMIT_BYTES)),
    );
    await server.register(fastifyStatic, {
      root: PAGE,
      setHeaders(response) {
        for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      },
    });
  };
}
