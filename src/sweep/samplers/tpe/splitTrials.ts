import { costOf, type Direction, lastEpoch, type Trial } from '../../trial.js';

/** A tenth of the trials are good, but not more than this. */
const MAX_GOOD = 25;
/** Of the other trials, the last ones are considered, so that a suggestion takes the same time after any number of trials. */
const MAX_OTHERS = 1000;

/**
 * Separates the good trials from the others: complete trials are better than pruned ones, of which those that were trained for longer are
 * better.
 *
 * @param trials complete and pruned ones
 * @returns both in the order of the trials
 */
export function splitTrials(
  trials: readonly Trial[],
  direction: Direction,
): { readonly good: readonly Trial[]; readonly others: readonly Trial[] } {
  const count = Math.min(Math.ceil(0.1 * trials.length), MAX_GOOD);
  const ranks = new Map(trials.map((trial) => [trial, rankOf(trial, direction)]));
  const isBefore = (a: Trial, b: Trial) => compare(ranks.get(a) ?? [], ranks.get(b) ?? []) < 0;
  const good: Trial[] = [];
  for (const trial of trials) {
    let place = good.length;
    while (place > 0 && isBefore(trial, good[place - 1])) place--;
    if (place === count) continue;
    good.splice(place, 0, trial);
    if (good.length > count) good.pop();
  }
  const chosen = new Set(good);
  return {
    good: trials.filter((trial) => chosen.has(trial)),
    others: trials.filter((trial) => !chosen.has(trial)).slice(-MAX_OTHERS),
  };
}

/** Numbers of which lower ones are better; the first that differs decides. */
type Rank = readonly number[];

function rankOf(trial: Trial, direction: Direction): Rank {
  if (trial.state === 'complete') return [0, 0, costOf(trial.value ?? Infinity, direction)];
  const last = lastEpoch(trial);
  return last === undefined ? [2, 0, 0] : [1, -last.epoch, costOf(last.value, direction)];
}

function compare(a: Rank, b: Rank): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : a[at] - b[at];
}
