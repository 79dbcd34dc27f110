import { setImmediate as turn } from 'node:timers/promises';
import { InklingError } from '../core/errors.js';

/** A second signal within this time is a duplicate: npm forwards the signal that the terminal has already sent. */
const SAME_SIGNAL_MS = 500;

/** The signals that end a command, with the exit status of a process that one of them ends: 128 and its number. */
const STATUS = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
  ...(process.platform === 'win32' && { SIGBREAK: 149 }),
};

const controller = new AbortController();
let first: { readonly time: number; readonly status: number } | undefined;

/**
 * Runs a task that needs an orderly end: the first signal aborts it, and a later one ends the process immediately. Outside such
 * tasks, a signal ends the process as the system does by default, even while its thread is busy.
 */
export async function interruptible<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const handlers = Object.entries(STATUS).map(([name, status]) => {
    const handler = () => {
      interrupt(status);
    };
    process.on(name, handler);
    return { name, handler };
  });
  try {
    return await task(controller.signal);
  } finally {
    // A signal that arrived while the thread was busy is handled in the next turn of the event loop.
    await turn();
    await turn();
    for (const { name, handler } of handlers) process.off(name, handler);
  }
}

/** The exit status for the signal that has interrupted a task, if there was one. */
export function interruptionStatus(): number | undefined {
  return first?.status;
}

function interrupt(status: number): void {
  if (first === undefined) {
    first = { time: performance.now(), status };
    controller.abort(new InklingError('interrupted'));
  } else if (performance.now() - first.time > SAME_SIGNAL_MS) {
    process.exit(status);
  }
}
