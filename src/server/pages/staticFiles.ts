import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { fastifyStatic } from '../../vendor/server.js';

const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Pages load nothing from other servers, and are isolated so that they may share memory between threads. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; img-src 'self' blob: data:; " +
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  vary: 'accept-encoding',
  // Nothing is sent to other sites. The server needs it to recognize its own page where browsers send nothing else that tells.
  'referrer-policy': 'same-origin',
};

/** Serves a page that the build has written to a folder of `dist`. */
export async function servePageFiles(server: FastifyInstance, page: 'web' | 'lab'): Promise<void> {
  const root = fileURLToPath(new URL(`../../${page}/`, import.meta.url));
  // Their names contain a hash of their content, which never changes.
  const hashed = join(root, 'assets/');
  await server.register(fastifyStatic, {
    root,
    preCompressed: true,
    cacheControl: false,
    setHeaders(response, path) {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
      response.setHeader('cache-control', path.startsWith(hashed) ? IMMUTABLE : 'no-cache');
    },
  });
}
