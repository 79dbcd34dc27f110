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
  readonly #weights: Float64Array;
  readonly #logWeights: Float64Array;
  /** One per kernel; a new one for each density would be most of what has to be collected as garbage. */
  readonly #sums: Float64Array;

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
    const weights = weightsOf(observations.length);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    this.#weights = weights.map((weight) => weight / total);
    this.#logWeights = this.#weights.map((weight) => Math.log(weight));
    this.#sums = new Float64Array(weights.length);
  }

  /** Draws a value for each parameter. */
  draw(random: Random): number[] {
    let kernel = 0;
    let rest = random.float64() - this.#weights[0];
    while (rest >= 0 && kernel < this.#weights.length - 1) rest -= this.#weights[++kernel];
    return this.#kernels.map((kernels) => kernels.draw(random, kernel));
  }

  /** @param values one per parameter */
  logDensity(values: readonly number[]): number {
    const sums = this.#sums;
    sums.set(this.#logWeights);
    for (let index = 0; index < values.length; index++)
      this.#kernels[index].addLogDensities(values[index], sums);
    let largest = -Infinity;
    let total = 0;
    for (const sum of sums) if (sum > largest) largest = sum;
    for (const sum of sums) {
      const exponent = sum - largest;
      if (exponent > NEGLIGIBLE) total += Math.exp(exponent);
    }
    return largest + Math.log(total);
  }
}

/** The weights of n observations: from the 26th last on, they decrease linearly with age, to 1 / n. That of the prior is the last one. */
function weightsOf(n: number): Float64Array {
  const old = n - FULL_WEIGHTS;
  const weights = new Float64Array(n + 1).fill(1);
  for (let index = 0; index < old; index++) {
    weights[index] = old === 1 ? 1 / n : 1 / n + (1 - 1 / n) * (index / (old - 1));
  }
  return weights;
}
