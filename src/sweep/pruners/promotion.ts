import { type Direction, isPaused, type Trial } from '../trial.js';
import { predictCost } from './predict.js';
import { Rung } from './rung.js';

/** The first rung is after this part of the epochs, the second after twice as many. */
const FIRST_SHARE = 1 / 16;
/** Of the trials of each rung, one in so many is continued. */
const FACTORS = [2, 3] as const;

interface PromotionOptions {
  readonly direction: Direction;
  /** Of a trial, the most of all trials if this varies; 0 if none is paused. */
  readonly epochs: number;
  /** After so many new trials, the best ones are continued before others are started. */
  readonly group: number;
}

/** What a sweep does. */
interface Progress {
  readonly trials: readonly Trial[];
  /** How many trials the sweep is to have. */
  readonly target: number;
  /** How many trials are being trained. */
  readonly active: number;
}

/** What is trained next: a new trial, or a paused one up to an epoch, or to its end. */
export type NextTraining =
  | { readonly type: 'start' }
  | { readonly type: 'continue'; readonly trial: number; readonly until: number | undefined };

/**
 * Asynchronous successive halving in which trials are promoted: each is paused after a sixteenth of its epochs; the better half of these
 * is continued to an eighth, and of those, the third to its end that is predicted to end best. Together, they take 24 % of
 * the epochs of full training, if these are at least 16. No training waits for others: as soon as a rung has enough trials for another
 * one to be continued, the best of those that have come as far is. Unlike in the source, a trial that is better than those that were
 * continued before waits for such a place, since otherwise the more trials are continued than intended the more are trained at the
 * same time. New trials are started first, as their number is known.
 * Source: L. Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020.
 */
export class Promotion {
  readonly #rungs: readonly Rung[];
  readonly #direction: Direction;
  readonly #epochs: number;
  readonly #group: number;

  constructor({ direction, epochs, group }: PromotionOptions) {
    const first = Math.max(1, Math.floor(epochs * FIRST_SHARE));
    this.#rungs = FACTORS.map((factor, index) => new Rung(first * 2 ** index, factor)).filter(
      ({ epoch }) => epoch < epochs,
    );
    [this.#direction, this.#epochs, this.#group] = [direction, epochs, group];
  }

  /** The epoch after which a new trial is paused; undefined if it is trained to its end. */
  get first(): number | undefined {
    return this.#rungs.at(0)?.epoch;
  }

  /**
   * Considers a trial of a sweep that is continued, unless another program has trained it, which has paused none.
   *
   * @param isRepeated whether the trial is trained again up to the epoch after which it is paused, so that it is yet to come to that rung
   */
  add(trial: Trial, isRepeated = false): void {
    const isForeign = trial.state !== 'running' && trial.run === undefined;
    if (trial.state === 'failed' || isForeign) return;
    for (const rung of this.#rungs) {
      if (!trial.epochs.has(rung.epoch) || (isRepeated && trial.until === rung.epoch)) continue;
      const last = isPaused(trial) ? 'paused' : 'stopped';
      this.#addTo(rung, trial, trial.until === rung.epoch ? last : 'continued');
    }
  }

  /** A trial has been paused. */
  pause(trial: Trial): void {
    const rung = this.#rungs.find(({ epoch }) => epoch === trial.until);
    if (rung !== undefined) this.#addTo(rung, trial, 'paused');
  }

  /** A trial has failed. */
  fail({ number }: Trial): void {
    for (const rung of this.#rungs) rung.remove(number);
  }

  /** @returns undefined if there is nothing to train until a training ends */
  next({ trials, target, active }: Progress): NextTraining | undefined {
    const isStartable = trials.length < target;
    const isGroupComplete = trials.length > 0 && trials.length % this.#group === 0;
    if (isStartable && !isGroupComplete) return { type: 'start' };
    for (const [index, rung] of this.#rungs.entries()) {
      const promoted = rung.takePromoted();
      if (promoted !== undefined) return this.#continue(promoted.number, index);
    }
    if (isStartable) return { type: 'start' };
    // Those that were to be trained to their end have failed or were stopped.
    const isLacking = active === 0 && trials.every(({ state }) => state !== 'complete');
    return isLacking ? this.#continueAny() : undefined;
  }

  #continueAny(): NextTraining | undefined {
    for (const [index, rung] of [...this.#rungs.entries()].reverse()) {
      const best = rung.takeBest();
      if (best !== undefined) return this.#continue(best.number, index);
    }
    return undefined;
  }

  #continue(trial: number, index: number): NextTraining {
    return { type: 'continue', trial, until: this.#rungs.at(index + 1)?.epoch };
  }

  #addTo(rung: Rung, { number, epochs }: Trial, state: Parameters<Rung['add']>[1]): void {
    const values = Array.from({ length: rung.epoch }, (_, index) => epochs.get(index + 1) ?? NaN);
    rung.add({ number, cost: predictCost(values, this.#epochs, this.#direction) }, state);
  }
}
