import {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  Worker,
  type WorkerOptions,
} from 'node:worker_threads';

/**
 * Node.js aborts the process when a thread is terminated while it creates an object of zlib ("close before init"). A worker
 * therefore holds a lock meanwhile, for which its termination waits.
 */
const KEY = 'inkling:threadLock';
const FREE = 0;
const HELD = 1;
const TERMINATED = 2;
const RETRY_MS = 1;

/** A worker thread, and the end of it. */
export interface LockedWorker {
  readonly worker: Worker;
  readonly terminate: () => Promise<void>;
}

/** Starts a worker whose termination waits while it is in `withThreadLock`. */
export function startLockedWorker(program: URL | string, options: WorkerOptions): LockedWorker {
  const lock = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const inherited = getEnvironmentData(KEY);
  setEnvironmentData(KEY, lock);
  try {
    const worker = new Worker(program, options);
    return { worker, terminate: () => terminate(worker, lock) };
  } finally {
    setEnvironmentData(KEY, inherited);
  }
}

async function terminate(worker: Worker, lock: Int32Array): Promise<void> {
  while (Atomics.compareExchange(lock, 0, FREE, TERMINATED) === HELD) {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
  await worker.terminate();
}

/** Runs an action during which this thread, if it is a worker, is not terminated. */
export function withThreadLock<Result>(action: () => Result): Result {
  const lock = isMainThread ? undefined : getEnvironmentData(KEY);
  if (!(lock instanceof Int32Array)) return action();
  // A thread that is being terminated must not continue.
  if (Atomics.compareExchange(lock, 0, FREE, HELD) === TERMINATED) Atomics.wait(lock, 0, TERMINATED);
  try {
    return action();
  } finally {
    Atomics.compareExchange(lock, 0, HELD, FREE);
  }
}
