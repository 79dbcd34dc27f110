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
  /** The best first. */
  readonly #paused: Ranked[] = [];

  /** @param factor of its trials, one in this many is continued, but at least one */
  constructor(epoch: number, factor: number) {
    this.epoch = epoch;
    this.#factor = factor;
  }

  add(trial: Ranked, isPaused: boolean): void {
    this.#all.add(trial.number);
    if (isPaused) this.#paused.splice(placeOf(this.#paused, trial), 0, trial);
  }

  /** Lets another trial have the place of one that has failed. */
  remove(number: number): void {
    this.#all.delete(number);
    const at = this.#paused.findIndex((each) => each.number === number);
    if (at >= 0) this.#paused.splice(at, 1);
  }

  /** Takes the best paused trial, if fewer were continued than of as many trials may be. */
  takePromoted(): Ranked | undefined {
    const places = Math.max(1, Math.floor(this.#all.size / this.#factor));
    return this.#all.size - this.#paused.length < places ? this.takeBest() : undefined;
  }

  /** Takes the best paused trial. */
  takeBest(): Ranked | undefined {
    return this.#paused.shift();
  }
}

/** How many are better; of equal ones, the first trials are. */
function placeOf(list: readonly Ranked[], { cost, number }: Ranked): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const each = list[middle];
    if (each.cost < cost || (each.cost === cost && each.number < number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
