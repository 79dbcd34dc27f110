import type { Random } from '../../../core/random.js';
import {
  boundsOf,
  type Choice,
  type Distribution,
  nearestValue,
  type Range,
} from '../../space/distribution.js';
import { drawTruncatedNormal, logNormalDensity, logNormalMass } from './normal.js';

/**
 * One distribution around each observed value of a parameter, and as the last one, the prior over all values. Values are encoded as
 * numbers.
 */
export interface Kernels {
  /** Draws a value from one of the distributions. */
  draw(random: Random, kernel: number): number;
  /** Adds the logarithm of the density of each distribution at a value, as far as it differs between parameters' kernels. */
  addLogDensities(value: number, sums: Float64Array): void;
}

export function kernelsOf(distribution: Distribution, observed: readonly number[]): Kernels {
  return distribution.kind === 'choice'
    ? choiceKernels(distribution, observed)
    : rangeKernels(distribution, observed);
}

/** Each choice has the weight 1 / (number of kernels), and the observed one 1 more. */
function choiceKernels({ choices }: Choice, observed: readonly number[]): Kernels {
  const base = 1 / (observed.length + 1);
  const total = 1 + base * choices.length;
  return {
    draw(random, kernel) {
      if (kernel === observed.length || random.float64() * total < total - 1)
        return Math.floor(random.float64() * choices.length);
      return observed[kernel];
    },
    addLogDensities(value, sums) {
      const [other, same] = [Math.log(base / total), Math.log((base + 1) / total)];
      for (const [kernel, each] of observed.entries()) sums[kernel] += each === value ? same : other;
      sums[observed.length] -= Math.log(choices.length);
    },
  };
}

/** Normal distributions that are cut off at the bounds, and rounded if the range has a step; in the logarithm if it has `log`. */
function rangeKernels(range: Range, observed: readonly number[]): Kernels {
  const bounds = boundsOf(range);
  const [low, high] = bounds;
  const scaled = (value: number) => (range.log ? Math.log(value) : value);
  const means = [...observed.map(scaled), (low + high) / 2];
  const deviations = [...deviationsOf(means.slice(0, -1), bounds), high - low];
  const masses = means.map((mean, i) =>
    logNormalMass((low - mean) / deviations[i], (high - mean) / deviations[i]),
  );
  return {
    draw(random, kernel) {
      const drawn = drawTruncatedNormal(random, means[kernel], deviations[kernel], bounds);
      return nearestValue(range, range.log ? Math.exp(drawn) : drawn);
    },
    addLogDensities(value, sums) {
      const half = (range.step ?? 0) / 2;
      const [from, at, to] = [value - half, value, value + half].map(scaled);
      for (const [i, mean] of means.entries()) {
        const deviation = deviations[i];
        const density =
          range.step === undefined
            ? logNormalDensity((at - mean) / deviation) - Math.log(deviation)
            : logNormalMass((from - mean) / deviation, (to - mean) / deviation);
        sums[i] += density - masses[i];
      }
    },
  };
}

/**
 * The distance of each value to the farther one of its neighbors, within limits: narrow where there are many values. The first and
 * the last of several values have one neighbor, an only one the bounds.
 */
function deviationsOf(means: readonly number[], [low, high]: readonly [number, number]): number[] {
  const order = [...means.keys()].sort((a, b) => means[a] - means[b]);
  const least = (high - low) / Math.min(100, means.length + 2);
  const deviations = new Array<number>(means.length);
  for (const [rank, index] of order.entries()) {
    const mean = means[index];
    const before = rank > 0 ? mean - means[order[rank - 1]] : undefined;
    const after = rank < order.length - 1 ? means[order[rank + 1]] - mean : undefined;
    const gap = order.length === 1 ? Math.max(mean - low, high - mean) : Math.max(before ?? 0, after ?? 0);
    deviations[index] = Math.min(Math.max(gap, least), high - low);
  }
  return deviations;
}
