import { countFirst } from '../countFirst.js';

/** A trial at a rung. */
export interface Ranked {
  readonly number: number;
  /** By which it is compared with the others; lower is better. */
  readonly cost: number;
}

/** The trials that have come as far as a rung: an epoch after which they are paused, and some of them continued. */
export class Rung {
  readonly epoch: number;
  readonly #factor: number;
  /** The numbers of all of them. */
  readonly #all = new Set<number>();
  readonly #continued = new Set<number>();
  /** The best first. */
  readonly #paused: Ranked[] = [];

  /** @param factor of its trials, one in this many is continued, but at least one */
  constructor(epoch: number, factor: number) {
    this.epoch = epoch;
    this.#factor = factor;
  }

  /** @param state `stopped`, if the trial is not to be continued */
  add(trial: Ranked, state: 'paused' | 'continued' | 'stopped'): void {
    this.#all.add(trial.number);
    if (state === 'paused') this.#paused.splice(placeOf(this.#paused, trial), 0, trial);
    if (state === 'continued') this.#continued.add(trial.number);
  }

  /** Lets another trial have the place of one that has failed. */
  remove(number: number): void {
    this.#all.delete(number);
    this.#continued.delete(number);
    const at = this.#paused.findIndex((each) => each.number === number);
    if (at >= 0) this.#paused.splice(at, 1);
  }

  /** Takes the best paused trial, if fewer were continued than of as many trials may be. */
  takePromoted(): Ranked | undefined {
    const places = Math.max(1, Math.floor(this.#all.size / this.#factor));
    return this.#continued.size < places ? this.takeBest() : undefined;
  }

  /** Takes the best paused trial. */
  takeBest(): Ranked | undefined {
    const best = this.#paused.shift();
    if (best !== undefined) this.#continued.add(best.number);
    return best;
  }
}

/** How many are better; of equal ones, the first trials are. */
function placeOf(list: readonly Ranked[], { cost, number }: Ranked): number {
  return countFirst(list.length, (index) => {
    const each = list[index];
    return each.cost < cost || (each.cost === cost && each.number < number);
  });
}
