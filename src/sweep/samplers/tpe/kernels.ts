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
      for (let kernel = 0; kernel < observed.length; kernel++) {
        sums[kernel] += observed[kernel] === value ? same : other;
      }
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
  const addDensities =
    range.step === undefined
      ? continuousDensities(means, deviations, bounds)
      : roundedDensities(means, deviations, bounds);
  return {
    draw(random, kernel) {
      const drawn = drawTruncatedNormal(random, means[kernel], deviations[kernel], bounds);
      return nearestValue(range, range.log ? Math.exp(drawn) : drawn);
    },
    addLogDensities(value, sums) {
      const half = (range.step ?? 0) / 2;
      addDensities(scaled(value - half), scaled(value + half), sums);
    },
  };
}

/** Adds the logarithms of the densities of normal distributions to sums: at `from`, or that of the values from `from` to `to`. */
type AddDensities = (from: number, to: number, sums: Float64Array) => void;

function continuousDensities(
  means: readonly number[],
  deviations: readonly number[],
  [low, high]: readonly [number, number],
): AddDensities {
  const offsets = means.map(
    (mean, i) =>
      Math.log(deviations[i]) + logNormalMass((low - mean) / deviations[i], (high - mean) / deviations[i]),
  );
  return (at, _, sums) => {
    for (let i = 0; i < sums.length; i++) {
      sums[i] += logNormalDensity((at - means[i]) / deviations[i]) - offsets[i];
    }
  };
}

/** Computes the densities of equal distributions once, of which there are many if the range has few values. */
function roundedDensities(
  means: readonly number[],
  deviations: readonly number[],
  [low, high]: readonly [number, number],
): AddDensities {
  const { normals, indices } = distinctNormals(means, deviations);
  const masses = normals.map(({ mean, deviation }) =>
    logNormalMass((low - mean) / deviation, (high - mean) / deviation),
  );
  return (from, to, sums) => {
    const densities = normals.map(
      ({ mean, deviation }, i) =>
        logNormalMass((from - mean) / deviation, (to - mean) / deviation) - masses[i],
    );
    for (let i = 0; i < sums.length; i++) sums[i] += densities[indices[i]];
  };
}

interface Normal {
  readonly mean: number;
  readonly deviation: number;
}

/** The different ones of normal distributions, and the index of each among them. */
function distinctNormals(
  means: readonly number[],
  deviations: readonly number[],
): { readonly normals: readonly Normal[]; readonly indices: Uint32Array } {
  const normals: Normal[] = [];
  const known = new Map<number, Map<number, number>>();
  const indices = Uint32Array.from(means, (mean, i) => {
    const deviation = deviations[i];
    const ofMean = known.get(mean) ?? new Map<number, number>();
    const index = ofMean.get(deviation) ?? normals.length;
    if (index === normals.length) normals.push({ mean, deviation });
    known.set(mean, ofMean.set(deviation, index));
    return index;
  });
  return { normals, indices };
}

/**
 * The distance of each value to the farther one of its neighbors, within limits: narrow where there are many values. The first and
 * the last of several values have one neighbor, an only one the bounds.
 */
function deviationsOf(means: readonly number[], [low, high]: readonly [number, number]): number[] {
  const sorted = Float64Array.from(means).sort();
  const least = (high - low) / Math.min(100, means.length + 2);
  const ranks = ranksOf(means, sorted);
  return means.map((mean, index) => {
    const rank = ranks[index];
    const before = rank > 0 ? mean - sorted[rank - 1] : 0;
    const after = rank < sorted.length - 1 ? sorted[rank + 1] - mean : 0;
    const gap = sorted.length === 1 ? Math.max(mean - low, high - mean) : Math.max(before, after);
    return Math.min(Math.max(gap, least), high - low);
  });
}

/** The place of each value in ascending order; that of equal ones by their index. */
function ranksOf(values: readonly number[], sorted: Float64Array): number[] {
  const first = new Map<number, number>();
  for (let rank = sorted.length - 1; rank >= 0; rank--) first.set(sorted[rank], rank);
  return values.map((value) => {
    const rank = first.get(value) ?? 0;
    first.set(value, rank + 1);
    return rank;
  });
}
