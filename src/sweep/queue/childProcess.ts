import { fork } from 'node:child_process';

/** How long a process may take to end after it was asked to. */
const MAX_CLOSING_MS = 2000;
/** More than Node.js prints when it runs out of memory. */
const MAX_STDERR_CHARACTERS = 65_536;
/** The line of an error, in which Node.js prints other lines before and after it. */
const ERROR_LINE = /^.*\b(FATAL ERROR|\w*Error)\b.*: .*$/m;
/** The signals of a terminal, which it sends to all processes that it runs. */
const TERMINAL_SIGNALS = ['SIGINT', 'SIGHUP', 'SIGBREAK'];

/** A child process, from the perspective of the process that started it. */
export interface ChildHandle {
  readonly post: (message: unknown) => void;
  /** Ends the process. */
  readonly close: () => Promise<void>;
}

export interface ChildEvents {
  readonly onMessage: (message: unknown) => void;
  /** Called when the process has ended, for whatever reason. */
  readonly onEnd: (reason: string) => void;
}

/** Starts a program of this package in another process, which ends when this one does. */
export function startChildProcess(program: URL, { onMessage, onEnd }: ChildEvents): ChildHandle {
  // JSON has no NaN and no undefined.
  const child = fork(program, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  let [errors, isEnded] = ['', false];
  const { stderr } = child;
  stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-MAX_STDERR_CHARACTERS);
  });
  // Not the event close, which does not follow after the channel was disconnected here.
  const exited = new Promise<string>((resolve) => {
    child.on('error', (error) => {
      resolve(error.message);
    });
    child.on('exit', (code, signal) => {
      const end = () => {
        resolve(reasonOf(code, signal, errors));
      };
      if (stderr === null || stderr.closed) end();
      else stderr.on('close', end);
    });
  });
  const ended = exited.then((reason) => {
    isEnded = true;
    onEnd(reason);
  });
  child.on('message', onMessage);
  return {
    post(message) {
      // If the process has ended, onEnd reports it.
      if (!isEnded) child.send(message as object, () => undefined);
    },
    async close() {
      if (isEnded) return;
      if (child.connected) child.disconnect();
      const late = setTimeout(() => child.kill('SIGKILL'), MAX_CLOSING_MS);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Why a process ended: `it was killed by SIGKILL`, or `it exited with code 1: Error: …`. */
function reasonOf(code: number | null, signal: string | null, errors: string): string {
  const line = ERROR_LINE.exec(errors)?.[0] ?? errors.trim().split('\n').at(-1) ?? '';
  const how = signal === null ? `it exited with code ${String(code)}` : `it was killed by ${signal}`;
  return line === '' ? how : `${how}: ${line.trim()}`;
}

/**
 * In a child process: receives messages of the process that started it, ends when that process does, and leaves to it what to do when the
 * terminal interrupts all of them.
 *
 * @returns a function that sends messages to that process
 */
export function connectToParentProcess(onMessage: (message: unknown) => void): (message: unknown) => void {
  if (process.send === undefined) throw new Error('this program is started by another process');
  // It may have ended before this one could notice.
  if (!process.connected) process.exit();
  process.on('disconnect', () => process.exit());
  for (const signal of TERMINAL_SIGNALS) process.on(signal, () => undefined);
  process.on('message', onMessage);
  return (message) => {
    process.send?.(message, undefined, undefined, () => undefined);
  };
}
