import { TASKS } from '../plan/plan.js';

/** The tasks of a stage, as one worker gets at them. */
export interface TaskSource {
  /** Its place in the team, from 0; the item of a plan's `scratch` that is its own. */
  readonly worker: number;
  /** Begins a stage. Behind its end, all workers meet before any of them begins another. */
  reset(): void;
  /** A task that nobody has taken yet, of a worker's own the first or the last, or -1 when none is left. */
  claim(isForward: boolean): number;
}

/** All tasks, for a thread that works alone. */
export class OwnTasks implements TaskSource {
  readonly worker = 0;
  #done = TASKS;

  reset(): void {
    this.#done = 0;
  }

  claim(isForward: boolean): number {
    if (this.#done === TASKS) return -1;
    const place = this.#done++;
    return isForward ? place : TASKS - 1 - place;
  }
}

/**
 * A worker's run of the tasks, which are the same in every stage so that it finds in its cache what it wrote, and, behind
 * them, what slower workers have not begun: so no core waits long for one that shares its time with other programs.
 */
export class SharedTasks implements TaskSource {
  readonly worker: number;
  /** Of each worker, the first task that is left and the end of them, in the upper and the lower half of a number. */
  readonly #left: Int32Array;
  readonly #own: number;

  /** @param shared from `SharedTasks.allocate`, the same for all workers */
  constructor(shared: SharedArrayBuffer, worker: number) {
    this.#left = new Int32Array(shared);
    this.worker = worker;
    const [begin, end] = [worker, worker + 1].map((each) => Math.floor((TASKS * each) / this.#left.length));
    this.#own = pack(begin, end);
  }

  /** For a team; workers beyond as many as there are tasks have nothing to do. */
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
      // From the other end, so that they meet late.
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
