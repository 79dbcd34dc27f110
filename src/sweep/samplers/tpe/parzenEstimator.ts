import type { Random } from '../../../core/random.js';
import type { Distribution } from '../../space/distribution.js';
import { kernelsOf, type Kernels } from './kernels.js';

/** This many of the last observations have the full weight. */
const FULL_WEIGHTS = 25;

/** Kernels whose density is lower than the highest by this exponent do not change the sum of all, however many there are. */
const NEGLIGIBLE = -60;

/** A density over several parameters: a mixture of products of one kernel per parameter, around each observation, and a prior. */
export class ParzenEstimator {
  readonly #kernels: readonly Kernels[];
  /** One per observation, and that of the prior; the sum is 1. */
  readonly #weights: readonly number[];
  readonly #logWeights: Float64Array;

  /**
   * @param distributions of the parameters
   * @param observations in the order of the trials: `[observations, parameters]`, encoded as numbers
   */
  constructor(distributions: readonly Distribution[], observations: readonly (readonly number[])[]) {
    this.#kernels = distributions.map((distribution, parameter) =>
      kernelsOf(
        distribution,
        observations.map((values) => values[parameter]),
      ),
    );
    const weights = [...weightsOf(observations.length), 1];
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#weights = weights.map((weight) => weight / total);
    this.#logWeights = Float64Array.from(this.#weights, Math.log);
  }

  /** Draws a value for each parameter. */
  draw(random: Random): number[] {
    let [kernel, rest] = [0, random.float64() - this.#weights[0]];
    while (rest >= 0 && kernel < this.#weights.length - 1) rest -= this.#weights[++kernel];
    return this.#kernels.map((kernels) => kernels.draw(random, kernel));
  }

  /** @param values one per parameter */
  logDensity(values: readonly number[]): number {
    const sums = this.#logWeights.slice();
    for (const [index, kernels] of this.#kernels.entries()) kernels.addLogDensities(values[index], sums);
    let [largest, total] = [-Infinity, 0];
    for (const sum of sums) if (sum > largest) largest = sum;
    for (const sum of sums) if (sum - largest > NEGLIGIBLE) total += Math.exp(sum - largest);
    return largest + Math.log(total);
  }
}

/** The weights of observations: from the 26th last on, they decrease linearly with age, to 1 / n. */
function weightsOf(n: number): number[] {
  const old = n - FULL_WEIGHTS;
  return Array.from({ length: n }, (_, index) => {
    if (index >= old) return 1;
    return old === 1 ? 1 / n : 1 / n + (1 - 1 / n) * (index / (old - 1));
  });
}
