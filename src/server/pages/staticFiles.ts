import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SetHeadersResponse } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { CHECKER } from '../../export/onnxRuntime.js';
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
      setHeaders(response, path.startsWith(hashed) ? IMMUTABLE : 'no-cache');
    },
  });
}

/** What the lab loads of onnxruntime-web, to check an ONNX file: its script, and its 14 MB of WebAssembly. */
const RUNTIME_FILES: readonly string[] = ['ort.wasm.bundle.min.mjs', 'ort-wasm-simd-threaded.wasm'];

/** Serves these files to the lab in `onnxruntime/`, if the package is installed. */
export async function serveOnnxRuntime(server: FastifyInstance): Promise<void> {
  const root = findRuntimeFolder();
  if (root === undefined) return;
  await server.register(fastifyStatic, {
    root,
    prefix: '/onnxruntime/',
    decorateReply: false,
    cacheControl: false,
    allowedPath: (path) => RUNTIME_FILES.includes(path.slice(1)),
    setHeaders(response) {
      setHeaders(response, 'no-cache');
    },
  });
}

/** Serves to the lab the file of a network from which students may start. */
export function servePretrained(server: FastifyInstance, file: Uint8Array<ArrayBuffer>): Promise<void> {
  server.get('/pretrained.safetensors', (_, reply) => {
    for (const [name, value] of Object.entries(HEADERS)) void reply.header(name, value);
    void reply
      .header('cache-control', 'no-cache')
      .type('application/octet-stream')
      .send(Buffer.from(file.buffer));
  });
  return Promise.resolve();
}

function findRuntimeFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${CHECKER}/${RUNTIME_FILES[1]}`));
  } catch {
    return undefined;
  }
}

function setHeaders(response: SetHeadersResponse, cacheControl: string): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
  response.setHeader('cache-control', cacheControl);
}
