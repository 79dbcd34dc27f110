import type { Direction, Trial } from '../trial.js';

/**
 * Decides after an epoch of a trial whether it is not worth training further.
 *
 * @param trial a trial whose last epoch has just ended
 * @param trials all trials, with this one
 */
export type Pruner = (trial: Trial, trials: readonly Trial[], direction: Direction) => boolean;
