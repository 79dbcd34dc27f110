import { countFirst } from '../../countFirst.js';
import { costOf, type Direction, lastEpoch, type Trial } from '../../trial.js';

/** A tenth of the trials are good, but not more than this. */
const MAX_GOOD = 25;
/** Of the other trials, the last ones are considered, so that a suggestion takes the same time after any number of trials. */
const MAX_OTHERS = 1000;

/** The trials of a sweep that are complete or pruned, separated; both in the order of their numbers. */
export interface Split {
  readonly good: readonly Trial[];
  readonly others: readonly Trial[];
}

/**
 * Separates the good trials of a sweep from the others: complete trials are better than pruned ones, of which those that were trained for
 * longer are better. Of equal ones, the first are better.
 */
export class TrialSplitter {
  readonly #direction: Direction;
  readonly #best: RankedTrial[] = [];
  /** Those with the highest numbers, which come first: enough others, even if all good ones are among them. */
  readonly #last: Trial[] = [];
  #count = 0;

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  /** How many trials are complete or pruned. */
  get count(): number {
    return this.#count;
  }

  /** @param trial that has ended, in whatever order */
  add(trial: Trial): void {
    if (!isObserved(trial)) return;
    this.#count++;
    insert(this.#best, { trial, rank: rankOf(trial, this.#direction) }, isBefore, MAX_GOOD);
    insert(this.#last, trial, (a, b) => a.number > b.number, MAX_OTHERS + MAX_GOOD);
  }

  split(): Split {
    const best = this.#best.slice(0, Math.ceil(0.1 * this.#count));
    const good = best.map(({ trial }) => trial).sort((a, b) => a.number - b.number);
    const chosen = new Set(good);
    const others = this.#last.filter((trial) => !chosen.has(trial)).slice(0, MAX_OTHERS);
    return { good, others: others.reverse() };
  }
}

function isObserved({ state }: Trial): boolean {
  return state === 'complete' || state === 'pruned';
}

interface RankedTrial {
  readonly trial: Trial;
  readonly rank: Rank;
}

/** Inserts an item into a sorted list, which keeps its first ones. */
function insert<Item>(
  list: Item[],
  added: Item,
  comesBefore: (a: Item, b: Item) => boolean,
  limit: number,
): void {
  const place = countFirst(list.length, (index) => !comesBefore(added, list[index]));
  if (place === limit) return;
  list.splice(place, 0, added);
  if (list.length > limit) list.pop();
}

/** Numbers of which lower ones are better; the first that differs decides. */
type Rank = readonly number[];

function rankOf(trial: Trial, direction: Direction): Rank {
  if (trial.state === 'complete') return [0, 0, costOf(trial.value ?? Infinity, direction)];
  const last = lastEpoch(trial);
  return last === undefined ? [2, 0, 0] : [1, -last.epoch, costOf(last.value, direction)];
}

function isBefore(a: RankedTrial, b: RankedTrial): boolean {
  const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
  return at === -1 ? a.trial.number < b.trial.number : a.rank[at] < b.rank[at];
}
