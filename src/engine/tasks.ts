import { TASKS } from '../plan/plan.js';

/** Assigns the tasks of a stage to one worker. */
export interface TaskSource {
  /** Index of the worker, from 0, and of its item in a plan's `scratch`. */
  readonly worker: number;
  /** Starts a stage. All workers must reach a barrier before any starts the next stage. */
  reset(): void;
  /** An unclaimed task, or -1 if none is left. `isForward` claims the worker's own tasks in ascending order. */
  claim(isForward: boolean): number;
}

/** Assigns all tasks to a single thread. */
export class OwnTasks implements TaskSource {
  readonly worker = 0;
  #done = TASKS;

  reset(): void {
    this.#done = 0;
  }

  claim(isForward: boolean): number {
    if (this.#done === TASKS) return -1;
    const index = this.#done++;
    return isForward ? index : TASKS - 1 - index;
  }
}

/**
 * Assigns each worker the same consecutive tasks in every stage, so that its data stays in its cache, and then tasks that
 * slower workers have not started, so that no core waits long for one that other programs also use.
 */
export class SharedTasks implements TaskSource {
  readonly worker: number;
  /** For each worker, the first remaining task (upper 16 bits) and the end of the remaining tasks (lower 16 bits). */
  readonly #left: Int32Array;
  readonly #own: number;

  /** @param shared from `SharedTasks.allocate`, the same for all workers */
  constructor(shared: SharedArrayBuffer, worker: number) {
    this.#left = new Int32Array(shared);
    this.worker = worker;
    const [begin, end] = [worker, worker + 1].map((each) => Math.floor((TASKS * each) / this.#left.length));
    this.#own = pack(begin, end);
  }

  /** Allocates the state that a team shares. If there are more workers than tasks, the others stay idle. */
  static allocate(workers: number): SharedArrayBuffer {
    return new SharedArrayBuffer(Math.min(workers, TASKS) * Int32Array.BYTES_PER_ELEMENT);
  }

  reset(): void {
    if (this.worker < this.#left.length) Atomics.store(this.#left, this.worker, this.#own);
  }

  claim(isForward: boolean): number {
    if (this.worker >= this.#left.length) return -1;
    const own = this.#takeFrom(this.worker, isForward);
    for (let i = 1; own < 0 && i < this.#left.length; i++) {
      // From the other end, to delay contention.
      const other = this.#takeFrom((this.worker + i) % this.#left.length, !isForward);
      if (other >= 0) return other;
    }
    return own;
  }

  #takeFrom(worker: number, isForward: boolean): number {
    for (;;) {
      const left = Atomics.load(this.#left, worker);
      const [begin, end] = [left >> 16, left & 0xffff];
      if (begin === end) return -1;
      const rest = isForward ? pack(begin + 1, end) : pack(begin, end - 1);
      if (Atomics.compareExchange(this.#left, worker, left, rest) === left) {
        return isForward ? begin : end - 1;
      }
    }
  }
}

function pack(begin: number, end: number): number {
  return (begin << 16) | end;
}
