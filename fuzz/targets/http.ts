import { mkdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { InklingError } from '#inkling/core/errors.js';
import { ImagePreprocessor } from '#inkling/images/preprocessor.js';
import { BatchPredictor } from '#inkling/predict/batchPredictor.js';
import { MAX_UPLOAD_PIXELS } from '#inkling/server/limits.js';
import { allRoutes } from '#inkling/server/routes.js';
import { createServer } from '#inkling/server/server.js';
import { ServerMetrics } from '#inkling/server/serverMetrics.js';
import { encodePng } from '../../test/helpers/encodeImage.js';
import type { Seed, Target } from '../target.js';
import { seedOf } from './files.js';
import { smallModel } from './models.js';

const BOUNDARY = 'boundary';
const PATHS = [
  '/',
  '/health',
  '/ready',
  '/metrics',
  '/docs',
  '/openapi.json',
  '/api/runs',
  '/api/runs/none',
  '/api/runs/none/events',
  '/api/data',
];
const PROBLEM = 'application/problem+json';

/** How long the rest of a response is waited for; at first, decoders are started. */
const [FIRST_WAIT_MS, MAX_WAIT_MS] = [5000, 40];
/** The seeds are read first. */
const FIRST_EXCHANGES = PATHS.length + 3;
let exchanges = 0;

let socketPath = '';
let started: Promise<void> | undefined;

/** A server in this thread, reached through a socket file, of which there can be any number of connections. */
export const httpTarget: Target = {
  name: 'http',
  seeds: async () => {
    const png = await encodePng({
      width: 12,
      height: 12,
      data: Uint8Array.from({ length: 576 }, (_, i) => (i * 7) % 256),
    });
    const form = Buffer.concat([
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`,
      ),
      png,
      Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
    ]);
    const pixels = Buffer.from(
      JSON.stringify({ pixels: Array.from({ length: 144 }, (_, i) => (i % 10) / 10) }),
    );
    return [
      ...PATHS.map((path) => requestOf(`GET ${path}`)),
      requestOf('POST /v1/predict?top=2', 'image/png', png),
      requestOf('POST /v1/predict', `multipart/form-data; boundary=${BOUNDARY}`, form),
      requestOf('POST /v1/predict', 'application/json', pixels),
    ];
  },
  async read(bytes) {
    await (started ??= start());
    const response = await exchange(bytes);
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(response)?.[1] ?? NaN);
    if (Number.isNaN(status)) throw new Error(`no response, but ${JSON.stringify(response.slice(0, 100))}`);
    if (status >= 500 && status !== 503) throw new Error(response.slice(0, 1000));
    if (status >= 400) {
      if (!response.slice(0, response.indexOf('\r\n\r\n')).includes(PROBLEM)) {
        throw new Error(`an error without a problem body: ${response.slice(0, 1000)}`);
      }
    }
    return String(status);
  },
  protects: () => false,
};

function requestOf(line: string, type?: string, body: Uint8Array = new Uint8Array()): Seed {
  const headers = [
    'Host: localhost',
    'Connection: close',
    ...(type === undefined ? [] : [`Content-Type: ${type}`, `Content-Length: ${body.length}`]),
  ];
  const head = `${line} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`;
  return seedOf(line, Buffer.concat([Buffer.from(head), body]));
}

/** Whether a response has arrived, after which the server keeps the connection for the next request. */
function isComplete(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const length = /^content-length: (\d+)\r?$/im.exec(text.slice(0, end + 1))?.[1];
  return end !== -1 && length !== undefined && text.length >= end + 4 + Number(length);
}

/** Sends bytes, and returns what is received until the server closes the connection. */
function exchange(bytes: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    const isFirst = exchanges++ < FIRST_EXCHANGES;
    let text = '';
    socket.setEncoding('latin1');
    const timer = setTimeout(() => socket.destroy(), isFirst ? FIRST_WAIT_MS : MAX_WAIT_MS);
    socket.on('data', (chunk) => {
      text += String(chunk);
      if (isComplete(text)) socket.destroy();
    });
    socket.on('close', () => {
      clearTimeout(timer);
      if (text === '')
        reject(new InklingError('the request is incomplete, so that the server waits for the rest'));
      else resolve(text);
    });
    // The server may close the connection before it has read everything.
    socket.on('error', () => undefined);
    socket.write(bytes);
  });
}

async function start(): Promise<void> {
  const saved = smallModel();
  const predictor = await BatchPredictor.start(saved, { queueLimit: 64 });
  const preprocessor = new ImagePreprocessor(saved.model.input, 'digit', { largestImage: MAX_UPLOAD_PIXELS });
  const metrics = new ServerMetrics(() => predictor.waiting);
  const folder = join('build', 'findings');
  mkdirSync(folder, { recursive: true });
  const trained = { saved, name: 'fuzzing', calibration: undefined };
  const routes = allRoutes({
    trained,
    predictor,
    preprocessor,
    metrics,
    runDir: join(folder, 'none'),
    environment: {},
    isTrainingAllowed: false,
  });
  const server = await createServer({
    routes,
    access: { isLoopback: true, rateLimit: undefined },
    metrics,
    // An internal error is also a response with the status 500.
    log: () => undefined,
  });
  socketPath = join(folder, `${process.pid}.socket`);
  rmSync(socketPath, { force: true });
  await server.listen({ path: socketPath });
}
