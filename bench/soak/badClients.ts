import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { ENDLESS_GIF, linePng, SLOW_SVG } from './samples.js';

export interface BadOptions {
  readonly port: number;
  readonly run: string;
  readonly signal: AbortSignal;
  /** The status of the response: 0 if there was none, or undefined if the client did not wait for it. */
  readonly onAnswer: (kind: string, status: number | undefined) => void;
}

/** A request must be answered within this time, which is longer than any limit of the server. */
const MAX_WAIT_MS = 45_000;
const MEGABYTE = 1_000_000;
/** The pause after each request, and after one of many megabytes: what is tested is not how fast the network is. */
const PAUSE_MS = 500;
const LONG_PAUSE_MS = 5000;
/** Decompresses to 25 million pixels. */
const BOMB = linePng(5000);
const PIXELS = Buffer.from(JSON.stringify({ pixels: Array<number>(784).fill(0) }));

/** Does one thing, and returns the status of the response, or undefined if it did not wait. */
type Behavior = (connection: Connection, run: string) => Promise<number | undefined>;

class Connection {
  readonly socket: Socket;
  /** The status of the response; 0 if the connection ends without one. */
  readonly status: Promise<number>;

  /** @param address the client's own, of the loopback network; elsewhere than on Linux, all clients have the same */
  constructor(port: number, address: string) {
    this.socket = connect({
      port,
      host: '127.0.0.1',
      ...(process.platform === 'linux' && { localAddress: address }),
    });
    this.socket.on('error', () => undefined);
    this.status = new Promise((resolve) => {
      this.socket.once('data', (data) => {
        resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString('latin1'))?.[1] ?? 0));
      });
      this.socket.once('close', () => {
        resolve(0);
      });
    });
  }

  post(type: string, body: Buffer, length = body.length, headers = ''): this {
    this.socket.write(
      `POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n${headers}\r\n`,
    );
    this.socket.write(body);
    return this;
  }

  get(path: string, headers = ''): this {
    this.socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
    return this;
  }
}

const EVIL = 'Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n';

/** What bad clients do, and how many do it at a time. */
const behaviors: Readonly<
  Record<string, { readonly clients: number; readonly pauseMs?: number; readonly act: Behavior }>
> = {
  'slow body': {
    clients: 4,
    async act(connection) {
      connection.post('image/png', Buffer.alloc(65_536), 20 * MEGABYTE);
      const drip = setInterval(() => connection.socket.write('x'), 1000);
      return connection.status.finally(() => {
        clearInterval(drip);
      });
    },
  },
  'unfinished body': {
    clients: 8,
    pauseMs: LONG_PAUSE_MS,
    act: (connection) => connection.post('image/png', Buffer.alloc(19 * MEGABYTE), 20 * MEGABYTE).status,
  },
  'slow reader of events': {
    clients: 30,
    async act(connection, run) {
      connection.socket.pause();
      connection.get(`/api/runs/${run}/events`);
      await setTimeout(20_000);
      return undefined;
    },
  },
  'slow reader of images': {
    clients: 4,
    async act(connection) {
      connection.socket.pause();
      connection.get('/api/data/digits/train?count=1000');
      await setTimeout(10_000);
      return undefined;
    },
  },
  'endless gif': { clients: 2, act: (connection) => connection.post('image/gif', ENDLESS_GIF).status },
  'slow svg': { clients: 2, act: (connection) => connection.post('image/svg+xml', SLOW_SVG).status },
  'decompression bomb': { clients: 2, act: (connection) => connection.post('image/png', BOMB).status },
  flood: {
    clients: 2,
    async act(connection) {
      for (let i = 0; i < 50; i++) connection.post('application/json', PIXELS);
      return connection.status;
    },
  },
  'cross-site request': {
    clients: 1,
    act: (connection) => connection.get('/api/data/mnist', EVIL).status,
  },
  'cross-site form': {
    clients: 1,
    act: (connection) => connection.post('text/plain', PIXELS, undefined, EVIL).status,
  },
  'aborted data set': {
    clients: 1,
    async act(connection) {
      connection.get('/api/data/mnist');
      await setTimeout(20);
      return undefined;
    },
  },
  'aborted image': {
    clients: 1,
    async act(connection) {
      connection.post('image/png', BOMB);
      await setTimeout(20);
      return undefined;
    },
  },
  'half-open connection': { clients: 4, act: ({ socket, status }) => (socket.write('GET / HT'), status) },
  'huge headers': {
    clients: 1,
    act: (connection) => connection.get('/health', `X: ${'x'.repeat(100_000)}\r\n`).status,
  },
  'large body': {
    clients: 1,
    pauseMs: LONG_PAUSE_MS,
    act: (connection) => connection.post('image/png', Buffer.alloc(25 * MEGABYTE)).status,
  },
  'damaged image': {
    clients: 1,
    act: (connection) => connection.post('image/png', BOMB.subarray(0, 5000)).status,
  },
};

/** Runs all bad clients until the signal aborts. */
export async function runBadClients(options: BadOptions): Promise<void> {
  const isOver = new Promise<undefined>((resolve) => {
    options.signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  const clients = Object.entries(behaviors).flatMap(
    ([kind, { clients: count, pauseMs = PAUSE_MS, act }], index) =>
      Array.from({ length: count }, () =>
        runBadClient(kind, act, pauseMs, `127.0.1.${index + 1}`, options, isOver),
      ),
  );
  await Promise.all(clients);
}

async function runBadClient(
  kind: string,
  act: Behavior,
  pauseMs: number,
  address: string,
  { port, run, signal, onAnswer }: BadOptions,
  isOver: Promise<undefined>,
): Promise<void> {
  while (!signal.aborted) {
    const connection = new Connection(port, address);
    const limit = setTimeout(MAX_WAIT_MS, 0, { ref: false });
    const status = await Promise.race([act(connection, run), limit, isOver]);
    if (!signal.aborted) onAnswer(kind, status);
    connection.socket.destroy();
    await Promise.race([setTimeout(pauseMs * (0.5 + Math.random())), isOver]);
  }
}
