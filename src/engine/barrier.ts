const ARRIVED = 0;
const GENERATION = 1;
const STOPPED = 2;
const CELLS = 3;

/** Iterations of spinning before a worker sleeps: most waits are shorter than the time it takes to fall asleep. */
const SPINS = 20_000;

/** Thrown in a worker that waits at the barrier of a stopped team. */
export class TeamStopped extends Error {
  override name = 'TeamStopped';
}

/** A barrier at which the workers of a team wait for one another, without messages. */
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
   * Blocks until all workers have called it.
   *
   * @param complete called by the last worker to arrive, before any is released
   * @throws {TeamStopped} when any thread has called `stop`
   */
  wait(complete: () => void): void {
    const generation = Atomics.load(this.#cells, GENERATION);
    // Checked after the generation is read: a later stop changes the generation, so that no worker sleeps through it.
    this.#throwIfStopped();
    if (Atomics.add(this.#cells, ARRIVED, 1) === this.#workers - 1) {
      complete();
      Atomics.store(this.#cells, ARRIVED, 0);
      this.#release();
    } else {
      for (let i = 0; i < SPINS && Atomics.load(this.#cells, GENERATION) === generation; i++);
      // Returns at once if the generation has already changed.
      while (Atomics.load(this.#cells, GENERATION) === generation) {
        Atomics.wait(this.#cells, GENERATION, generation);
      }
    }
    this.#throwIfStopped();
  }

  /** Releases all workers that wait now or later. */
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
