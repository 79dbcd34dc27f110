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
  /** Both are sorted, the best first. */
  readonly #all: Ranked[] = [];
  readonly #paused: Ranked[] = [];

  /** @param factor of its trials, one in this many is continued, but at least one */
  constructor(epoch: number, factor: number) {
    this.epoch = epoch;
    this.#factor = factor;
  }

  add(trial: Ranked, isPaused: boolean): void {
    insert(this.#all, trial);
    if (isPaused) insert(this.#paused, trial);
  }

  /** Lets another trial have the place of one that has failed. */
  remove(number: number): void {
    for (const list of [this.#all, this.#paused]) {
      const at = list.findIndex((each) => each.number === number);
      if (at >= 0) list.splice(at, 1);
    }
  }

  /** Takes the best paused trial, if it is among those that are continued. */
  takePromoted(): Ranked | undefined {
    const best = this.#paused.at(0);
    if (best === undefined) return undefined;
    const places = Math.max(1, Math.floor(this.#all.length / this.#factor));
    return placeOf(this.#all, best) < places ? this.takeBest() : undefined;
  }

  /** Takes the best paused trial. */
  takeBest(): Ranked | undefined {
    return this.#paused.shift();
  }
}

function insert(list: Ranked[], trial: Ranked): void {
  list.splice(placeOf(list, trial), 0, trial);
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
