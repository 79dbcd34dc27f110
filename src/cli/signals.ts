import { InklingError } from '../core/errors.js';

/** A signal that comes this soon after the first is taken for the same one: npm passes on what the terminal sent already. */
const SAME_SIGNAL_MS = 500;

/** Aborts at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
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
