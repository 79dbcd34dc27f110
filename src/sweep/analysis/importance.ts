import { checkValues } from '../../core/arguments/checkOptions.js';
import * as records from '../../core/arguments/records.js';
import type { SweepState } from '../journal/replay.js';
import type { Parameter } from '../space/space.js';
import { costOf, type Trial } from '../trial.js';
import { estimateProbabilities } from './scottEstimator.js';

/** With fewer complete trials, the importance of parameters is not estimated. */
export const TRIALS_FOR_IMPORTANCE = 10;

/** The share of the trials that are good. */
const GOOD_SHARE = 0.1;
/** Fewer trials in which a conditional parameter is active, or inactive, are disregarded. */
const MIN_ACTIVE = 2;
/** Added to probabilities, so that none is 0. */
const EPSILON = 1e-12;

/** A trial with a value that can be compared. */
type RankedTrial = Trial & { readonly value: number };

/**
 * How much each parameter matters for a trial to be among the best tenth: PED-ANOVA, which compares how the values of a parameter are
 * distributed in these trials and in all complete ones. Conditional parameters are judged by the trials in which they are active.
 * Sources: S. Watanabe et al., "PED-ANOVA: efficiently quantifying hyperparameter importance in arbitrary subspaces", IJCAI 2023, and for
 * conditional parameters K. Ito et al., arXiv:2601.20800, 2026. The results are those of Optuna's `get_param_importances`.
 *
 * @returns fractions whose sum is 1, the largest first, of the parameters that some complete trial has; empty if there are fewer than
 * `TRIALS_FOR_IMPORTANCE` complete trials
 */
export function parameterImportance(
  sweep: Pick<SweepState, 'space' | 'trials' | 'direction'>,
): ReadonlyMap<string, number> {
  checkValues('parameterImportance', { sweep }, { sweep: records.sweep });
  const { space, trials, direction } = sweep;
  const complete = trials.filter(isRanked);
  if (complete.length < TRIALS_FOR_IMPORTANCE) return new Map();
  const good = bestShare(complete, (trial) => costOf(trial.value, direction));
  const variances = space.parameters
    .filter(({ name }) => complete.some((trial) => trial.params[name] !== undefined))
    .map((parameter) => [parameter.name, varianceOf(parameter, good, complete)] as const);
  const total = variances.reduce((sum, [, variance]) => sum + variance, 0);
  return new Map(
    variances
      .map(([name, variance]) => [name, total === 0 ? 1 / variances.length : variance / total] as const)
      .sort(([, a], [, b]) => b - a),
  );
}

function isRanked(trial: Trial): trial is RankedTrial {
  return trial.state === 'complete' && Number.isFinite(trial.value);
}

/** The best tenth of the trials, and all that are as good as the last of them. */
function bestShare(trials: readonly RankedTrial[], cost: (trial: RankedTrial) => number): RankedTrial[] {
  const costs = Float64Array.from(trials, cost).sort();
  const limit = costs[Math.ceil(GOOD_SHARE * trials.length) - 1];
  return trials.filter((trial) => cost(trial) <= limit);
}

/** The variance that a parameter explains, up to a factor that all parameters have in common. */
function varianceOf(
  { name, distribution }: Parameter,
  good: readonly RankedTrial[],
  complete: readonly RankedTrial[],
): number {
  const valuesIn = (trials: readonly RankedTrial[]) =>
    trials.flatMap(({ params }) => (params[name] === undefined ? [] : [params[name]]));
  const [inGood, inAll] = [valuesIn(good), valuesIn(complete)];
  const isSingle = distribution.kind === 'choice' && distribution.choices.length === 1;
  if (isSingle || inGood.length === 0 || inAll.length < MIN_ACTIVE) return 0;
  const share = (inGood.length / good.length) ** 2 / (inAll.length / complete.length);
  return (
    share *
    divergence(estimateProbabilities(distribution, inGood), estimateProbabilities(distribution, inAll))
  );
}

/** The Pearson divergence of a distribution from another. */
function divergence(of: Float64Array, from: Float64Array): number {
  return from.reduce((sum, expected, index) => {
    const probability = expected + EPSILON;
    return sum + probability * ((of[index] + EPSILON) / probability - 1) ** 2;
  }, 0);
}
