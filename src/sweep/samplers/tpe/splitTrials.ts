import { EndedTrials } from '../../endedTrials.js';
import { costOf, type Direction, lastEpoch, type Trial } from '../../trial.js';

/** A tenth of the trials are good, but not more than this. */
const MAX_GOOD = 25;
/** Of the other trials, the last ones are considered, so that a suggestion takes the same time after any number of trials. */
const MAX_OTHERS = 1000;

/** The trials of a sweep that are complete or pruned, separated; both in the order of the trials. */
export interface Split {
  readonly good: readonly Trial[];
  readonly others: readonly Trial[];
}

/**
 * Separates the good trials of a sweep from the others: complete trials are better than pruned ones, of which those that were trained for
 * longer are better. Of equal ones, the first are better.
 */
export class TrialSplitter {
  readonly #ended: EndedTrials;
  #count = 0;
  #best: RankedTrial[] = [];

  constructor(direction: Direction) {
    this.#ended = new EndedTrials(
      () => {
        this.#count = 0;
        this.#best = [];
      },
      (trial) => {
        if (!isObserved(trial)) return;
        this.#count++;
        insert(this.#best, { trial, rank: rankOf(trial, direction) });
      },
    );
  }

  /**
   * Looks for trials that have ended since the last call.
   *
   * @param trials the same list as in the last call, with more trials, or that of another sweep
   * @returns how many of them are complete or pruned
   */
  follow(trials: readonly Trial[]): number {
    this.#ended.follow(trials);
    return this.#count;
  }

  /** @param trials that were followed */
  split(trials: readonly Trial[]): Split {
    const best = this.#best.slice(0, Math.ceil(0.1 * this.#count));
    const good = best.map(({ trial }) => trial).sort((a, b) => a.number - b.number);
    const chosen = new Set(good);
    const others: Trial[] = [];
    for (let index = trials.length - 1; index >= 0 && others.length < MAX_OTHERS; index--) {
      const trial = trials[index];
      if (isObserved(trial) && !chosen.has(trial)) others.push(trial);
    }
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

/** Inserts a trial into the list of the best ones. */
function insert(best: RankedTrial[], added: RankedTrial): void {
  let place = best.length;
  while (place > 0 && isBefore(added, best[place - 1])) place--;
  if (place === MAX_GOOD) return;
  best.splice(place, 0, added);
  if (best.length > MAX_GOOD) best.pop();
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
