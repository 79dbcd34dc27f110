import { countFirst } from '../countFirst.js';
import type { Trial } from '../trial.js';

/**
 * Follows the trials of a sweep, so that what is derived from trials that have ended, which no longer change, is computed once for each of
 * them instead of for every decision.
 */
export class EndedTrials {
  readonly #onReset: () => void;
  readonly #onEnd: (trial: Trial) => void;
  #trials: readonly Trial[] = [];
  #seen = 0;
  #running: number[] = [];

  /**
   * @param onReset called before the trials of another sweep
   * @param onEnd called for each trial that has ended, once
   */
  constructor(onReset: () => void, onEnd: (trial: Trial) => void) {
    this.#onReset = onReset;
    this.#onEnd = onEnd;
  }

  /**
   * Looks for trials that have ended since the last call.
   *
   * @param trials by their numbers; the same list as in the last call, with more trials, or that of another sweep
   * @returns those that have not ended: no more than are trained at the same time, since pruners that ask for them pause none
   */
  follow(trials: readonly Trial[]): readonly Trial[] {
    if (trials !== this.#trials || trials.length < this.#seen) {
      [this.#trials, this.#seen, this.#running] = [trials, 0, []];
      this.#onReset();
    }
    while (this.#seen < trials.length) this.#running.push(this.#seen++);
    const running: Trial[] = [];
    for (const index of this.#running) {
      if (trials[index].state === 'running') running.push(trials[index]);
      else this.#onEnd(trials[index]);
    }
    // The list is kept as long as it has no trial that has ended.
    if (running.length < this.#running.length) {
      this.#running = this.#running.filter((index) => trials[index].state === 'running');
    }
    return running;
  }
}

/** Numbers in ascending order. */
export class SortedNumbers {
  readonly values: number[] = [];

  add(value: number): void {
    this.values.splice(this.countBelow(value), 0, value);
  }

  countBelow(limit: number): number {
    return countFirst(this.values.length, (index) => this.values[index] < limit);
  }
}
