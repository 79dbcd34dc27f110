import type { TrialQueue } from './trialQueue.js';

interface Executions {
  /** What is executed first. */
  readonly pending: readonly number[];
  /** What is executed then; undefined if there is nothing else. */
  readonly next: () => number | undefined;
  /** Resolves to false if the execution was interrupted. */
  readonly execute: (item: number, signal: AbortSignal) => Promise<boolean>;
  readonly queue: TrialQueue;
  readonly signal: AbortSignal | undefined;
}

/**
 * Executes as many items at the same time as the queue can.
 *
 * @returns false if it was interrupted
 * @throws what an execution or the queue throws, after the executions have been interrupted
 */
export async function executeAll({ pending, next, execute, queue, signal }: Executions): Promise<boolean> {
  const waiting = [...pending];
  const running = new Set<Promise<void>>();
  const stop = new AbortController();
  const either = AbortSignal.any([stop.signal, ...(signal === undefined ? [] : [signal])]);
  const interrupted: number[] = [];
  const goesOn = () => interrupted.length === 0 && signal?.aborted !== true;
  const failures: unknown[] = [];
  let wake: () => void = () => undefined;
  const fail = (error: unknown): void => {
    failures.push(error);
    wake();
  };
  const start = (item: number): void => {
    const execution = execute(item, either).then((isDone) => {
      if (!isDone) interrupted.push(item);
      running.delete(execution);
      wake();
    }, fail);
    running.add(execution);
  };
  const watchCapacity = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await queue.capacityChanged();
      wake();
    }
  };
  try {
    watchCapacity().catch(fail);
    for (;;) {
      if (failures.length > 0) throw failures[0];
      while (goesOn() && running.size < queue.capacity) {
        const item = waiting.shift() ?? next();
        if (item === undefined) break;
        start(item);
      }
      if (running.size === 0) return goesOn();
      // Several things may happen before this continues, which therefore looks at all of them. Promise.race would take as long as there are
      // many running.
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    stop.abort();
    await Promise.all(running);
  }
}
