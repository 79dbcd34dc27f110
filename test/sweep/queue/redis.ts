import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const PROGRAM = 'redis-server';

/** Why tests that need Redis are skipped; undefined if they are not. */
export const redisMissing: string | undefined =
  spawnSync(PROGRAM, ['--version']).status === 0
    ? undefined
    : `${PROGRAM} is not installed; on Debian: apt-get install redis-server`;

if (redisMissing !== undefined) console.log(`skipped: ${redisMissing}`);

/** A Redis of its own for a test, on a free port. */
export class RedisServer {
  readonly port: number;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, args: readonly string[]) {
    this.port = port;
    this.#args = args;
  }

  /** @param folder where it keeps its data; nothing is kept without `--appendonly yes` */
  static async start(folder: string, args: readonly string[] = []): Promise<RedisServer> {
    const port = await freePort();
    const server = new RedisServer(port, [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''],
      ...args,
    ]);
    await server.restart();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    this.#process = spawn(PROGRAM, this.#args, { stdio: 'ignore' });
    while (!(await this.#answers())) await sleep(20);
  }

  async kill(): Promise<void> {
    if (this.#process === undefined) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
    this.#process = undefined;
  }

  /** Whether it answers, even if it asks for a password, and has loaded its data. */
  async #answers(): Promise<boolean> {
    const socket = createConnection(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      socket.write('PING\r\n');
      const [reply]: Buffer[] = await once(socket, 'data');
      return !reply.toString().startsWith('-LOADING');
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
