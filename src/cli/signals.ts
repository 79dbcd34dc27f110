import { InklingError } from '../core/errors.js';

/** A second signal within this time is a duplicate: npm forwards the signal that the terminal has already sent. */
const SAME_SIGNAL_MS = 500;

/** Aborts at the first Ctrl+C or SIGTERM; a second one ends the process immediately. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  const interrupt = () => {
    if (first === undefined) {
      first = performance.now();
      controller.abort(new InklingError('interrupted'));
    } else if (performance.now() - first > SAME_SIGNAL_MS) {
      process.exit(1);
    }
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
