import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Redis, or another server that speaks its protocol, such as valkey-server. */
const PROGRAM = process.env.INKLING_REDIS_SERVER ?? 'redis-server';

/** Why tests that need Redis are skipped; undefined if they are not. */
export const redisMissing: string | undefined =
  spawnSync(PROGRAM, ['--version']).status === 0
    ? undefined
    : `${PROGRAM} is not installed; on Debian: apt-get install redis-server`;

if (redisMissing !== undefined) console.log(`skipped: ${redisMissing}`);

/** Files of a certificate for `localhost`. */
interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate that nothing has issued; undefined if that is not possible. */
export function selfSigned(folder: string): Certificate | undefined {
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const { status } = spawnSync('openssl', [
    'req',
    '-x509',
    ...options,
    ...names,
    '-keyout',
    key,
    '-out',
    cert,
  ]);
  return status === 0 ? { cert, key } : undefined;
}

/** Why tests of TLS are skipped; undefined if they are not. */
export const tlsMissing: string | undefined = redisMissing ?? reasonWithoutTls();

function reasonWithoutTls(): string | undefined {
  if (spawnSync('openssl', ['version']).status !== 0) return 'openssl is not installed';
  // It ends at once, for lack of a certificate or, without TLS, because of the option or for lack of something to listen to.
  const { stdout, stderr } = spawnSync(PROGRAM, ['--port', '0', '--tls-port', '1', '--save', '']);
  return `${stdout.toString()}${stderr.toString()}`.includes('Failed to configure TLS')
    ? undefined
    : `${PROGRAM} was built without TLS`;
}

if (tlsMissing !== redisMissing) console.log(`skipped: ${tlsMissing ?? ''}`);

/** A Redis of its own for a test, on a free port. */
export class RedisServer {
  readonly port: number;
  /** With TLS; undefined without. */
  readonly tlsPort: number | undefined;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  private constructor(port: number, args: readonly string[], tlsPort?: number) {
    this.port = port;
    this.tlsPort = tlsPort;
    this.#args = args;
  }

  /** @param folder where it keeps its data; nothing is kept without `--appendonly yes` */
  static async start(folder: string, args: readonly string[] = []): Promise<RedisServer> {
    return RedisServer.#start(folder, args);
  }

  /** Starts one that has another port with TLS. */
  static async startWithTls(
    folder: string,
    { cert, key }: Certificate,
    args: readonly string[],
  ): Promise<RedisServer> {
    const port = await freePort();
    const files = ['--tls-cert-file', cert, '--tls-key-file', key, '--tls-auth-clients', 'no'];
    return RedisServer.#start(folder, ['--tls-port', String(port), ...files, ...args], port);
  }

  static async #start(folder: string, args: readonly string[], tlsPort?: number): Promise<RedisServer> {
    const port = await freePort();
    const own = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', ''];
    const server = new RedisServer(port, [...own, ...args], tlsPort);
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
