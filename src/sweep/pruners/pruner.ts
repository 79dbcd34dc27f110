import { EndedTrials, SortedNumbers } from './endedTrials.js';
import { costOf, type Direction, type Trial } from '../trial.js';

/**
 * Decides after an epoch of a trial whether it is not worth training further.
 *
 * @param trial a trial whose last epoch has just ended
 * @param trials all trials, with this one; the same list whenever a pruner is asked about one sweep
 */
export type Pruner = (trial: Trial, trials: readonly Trial[]) => boolean;

/** The costs of trials that have ended by the epochs after which they were measured. */
export class EpochCosts {
  readonly #ended: EndedTrials;
  #costs = new Map<number, SortedNumbers>();
  #count = 0;

  /** @param counts which trials to consider */
  constructor(direction: Direction, counts: (trial: Trial) => boolean) {
    this.#ended = new EndedTrials(
      () => {
        this.#costs = new Map();
        this.#count = 0;
      },
      (trial) => {
        if (!counts(trial)) return;
        this.#count++;
        for (const [epoch, value] of trial.epochs) this.after(epoch).add(costOf(value, direction));
      },
    );
  }

  /** The number of trials that have ended. */
  get count(): number {
    return this.#count;
  }

  /** @returns the trials that have not ended */
  follow(trials: readonly Trial[]): readonly Trial[] {
    return this.#ended.follow(trials);
  }

  after(epoch: number): SortedNumbers {
    const known = this.#costs.get(epoch);
    if (known !== undefined) return known;
    const costs = new SortedNumbers();
    this.#costs.set(epoch, costs);
    return costs;
  }
}
