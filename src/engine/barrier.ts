const ARRIVED = 0;
const GENERATION = 1;
const STOPPED = 2;
const CELLS = 3;

/** Looks at the counter this often before it sleeps: most waits are shorter than going to sleep would take. */
const SPINS = 20_000;

/** Thrown where a worker waits or arrives when the team has been stopped. */
export class TeamStopped extends Error {
  override name = 'TeamStopped';
}

/** Lets the workers of a team wait for one another, without a message. */
export class Barrier {
  readonly #cells: Int32Array;
  readonly #workers: number;

  /** @param shared from `Barrier.allocate`, the same for all workers */
  constructor(shared: SharedArrayBuffer, workers: number) {
    this.#cells = new Int32Array(shared);
    this.#workers = workers;
  }

  static allocate(): SharedArrayBuffer {
    return new SharedArrayBuffer(CELLS * Int32Array.BYTES_PER_ELEMENT);
  }

  /**
   * Returns when all workers have called it.
   *
   * @param complete called by the last of them, before any goes on
   * @throws {TeamStopped} when any thread has called `stop`
   */
  wait(complete: () => void): void {
    const generation = Atomics.load(this.#cells, GENERATION);
    // Looked at after the generation: a stop from here on changes that, so that nobody sleeps through it.
    this.#throwIfStopped();
    if (Atomics.add(this.#cells, ARRIVED, 1) === this.#workers - 1) {
      complete();
      Atomics.store(this.#cells, ARRIVED, 0);
      this.#release();
    } else {
      for (let i = 0; i < SPINS && Atomics.load(this.#cells, GENERATION) === generation; i++);
      // A wait returns at once when the generation has changed since.
      while (Atomics.load(this.#cells, GENERATION) === generation) {
        Atomics.wait(this.#cells, GENERATION, generation);
      }
    }
    this.#throwIfStopped();
  }

  /** Frees all that wait, now and ever after. */
  stop(): void {
    Atomics.store(this.#cells, STOPPED, 1);
    this.#release();
  }

  #throwIfStopped(): void {
    if (Atomics.load(this.#cells, STOPPED) === 1) throw new TeamStopped('the team was stopped');
  }

  #release(): void {
    Atomics.add(this.#cells, GENERATION, 1);
    Atomics.notify(this.#cells, GENERATION);
  }
}
