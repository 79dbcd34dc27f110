import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { WebSocket } from 'undici';

const NAMES = ['firefox', 'firefox-esr'];

/** The path to Firefox; warns when there is none. */
export function findFirefox(): string | undefined {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (found === undefined) {
    console.warn('Firefox is not tested: it is not in PATH; "apt-get install firefox-esr" installs it');
  }
  return found;
}

/** A command's result, or its error. */
interface Reply {
  readonly id?: number;
  readonly message?: string;
  readonly result?: unknown;
}

/** A page in Firefox, through WebDriver BiDi, since Playwright needs a Firefox of its own. */
export interface FirefoxPage {
  open(url: string): Promise<void>;
  /** The value of an expression in JavaScript, once it is fulfilled. */
  evaluate(expression: string): Promise<unknown>;
  /** Draws a line with the mouse, through points in pixels of the window. */
  draw(points: readonly { readonly x: number; readonly y: number }[]): Promise<void>;
  close(): Promise<void>;
}

export async function startFirefox(path: string): Promise<FirefoxPage> {
  const folder = await mkdtemp(join(tmpdir(), 'inkling-firefox-'));
  const args = ['--headless', '--no-remote', '--profile', folder, '--remote-debugging-port', '0'];
  const program = spawn(path, args, { env: { ...process.env, HOME: folder } });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  const address = await new Promise<string>((resolve) => {
    let output = '';
    program.stderr.on('data', (data: Buffer) => {
      output += data.toString();
      const found = /listening on (ws:\S+)/.exec(output);
      if (found !== null) resolve(found[1]);
    });
  });
  const send = await connect(`${address}/session`);
  await send('session.new', { capabilities: {} });
  const { contexts } = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
  const [{ context }] = contexts;
  return {
    async open(url) {
      await send('browsingContext.navigate', { context, url, wait: 'complete' });
    },
    async evaluate(expression) {
      const target = { context };
      const answer = await send('script.evaluate', { expression, target, awaitPromise: true });
      const { type, result } = answer as { type: string; result?: { value?: unknown } };
      if (type !== 'success') throw new Error(`${expression}: ${JSON.stringify(answer)}`);
      return result?.value;
    },
    async draw(points) {
      const [first, ...rest] = points.map(({ x, y }) => ({
        ...{ type: 'pointerMove', duration: 20, x: Math.round(x), y: Math.round(y) },
      }));
      const actions = [
        ...[first, { type: 'pointerDown', button: 0 }],
        ...[...rest, { type: 'pointerUp', button: 0 }],
      ];
      await send('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    async close() {
      await send('browser.close', {});
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Connects to a browser; the function that it returns sends a command, and waits for its result. */
async function connect(url: string) {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  let last = 0;
  return (method: string, params: object): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last;
      waiting.set(id, ({ message, result }) => {
        if (message === undefined) resolve(result);
        else reject(new Error(`${method}: ${message}`));
      });
      socket.send(JSON.stringify({ id, method, params }));
    });
}
