import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyPluginAsync } from 'fastify';
import { encodeCheckpoint } from '../interop/checkpoint.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { fastifyStatic } from '../vendor/server.js';
import type { ServedModel } from './apiSchemas.js';

/** Output folder of the page's build. */
const PAGE = fileURLToPath(new URL('../web/', import.meta.url));

/** Files whose names contain a hash of their content, which never change. */
const HASHED = join(PAGE, 'assets/');
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** The page loads nothing from other servers, and is isolated so that it may share memory between threads. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; " +
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  vary: 'accept-encoding',
  // Nothing is sent to other sites. The server needs it to recognize its own page where browsers send nothing else that tells.
  'referrer-policy': 'same-origin',
};

/** `/`: the page. `/api/model`: the served model, which stays available when its run is deleted. */
export function pageRoutes({ name, saved }: TrainedModel): FastifyPluginAsync {
  const checkpoint = encodeCheckpoint(saved);
  return async (server) => {
    server.get('/api/model', (): ServedModel => ({ name }));
    server.get('/api/model/checkpoint', (_request, reply) =>
      reply.type('application/octet-stream').send(checkpoint),
    );
    await server.register(fastifyStatic, {
      root: PAGE,
      preCompressed: true,
      cacheControl: false,
      setHeaders(response, path) {
        for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
        response.setHeader('cache-control', path.startsWith(HASHED) ? IMMUTABLE : 'no-cache');
      },
    });
  };
}
