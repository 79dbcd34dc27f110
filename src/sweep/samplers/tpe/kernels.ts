import type { Random } from '../../../core/random.js';
import { countFirst } from '../../countFirst.js';
import {
  boundsOf,
  type Choice,
  type Distribution,
  nearestValue,
  type Range,
} from '../../space/distribution.js';
import { drawTruncatedNormal, logNormalDensity, logNormalMass } from './normal.js';

/** For so many values of a range, the densities are kept. */
const MAX_KNOWN = 64;

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
  const means = new Float64Array(observed.length + 1).fill((low + high) / 2);
  for (let i = 0; i < observed.length; i++) means[i] = scaled(observed[i]);
  const deviations = new Float64Array(means.length).fill(high - low);
  deviations.set(deviationsOf(means.subarray(0, -1), bounds));
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
  means: Float64Array,
  deviations: Float64Array,
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

/** Computes the densities of equal distributions once, of which there are many if the range has few values, likewise those at a value. */
function roundedDensities(
  means: Float64Array,
  deviations: Float64Array,
  [low, high]: readonly [number, number],
): AddDensities {
  const { normals, indices } = distinctNormals(means, deviations);
  const masses = normals.map(({ mean, deviation }) =>
    logNormalMass((low - mean) / deviation, (high - mean) / deviation),
  );
  const known = new Map<number, Float64Array>();
  const densitiesFrom = (from: number, to: number): Float64Array => {
    const before = known.get(from);
    if (before !== undefined) return before;
    const densities = new Float64Array(normals.length);
    for (let i = 0; i < densities.length; i++) {
      const { mean, deviation } = normals[i];
      densities[i] = logNormalMass((from - mean) / deviation, (to - mean) / deviation) - masses[i];
    }
    if (known.size < MAX_KNOWN) known.set(from, densities);
    return densities;
  };
  return (from, to, sums) => {
    const densities = densitiesFrom(from, to);
    for (let i = 0; i < sums.length; i++) sums[i] += densities[indices[i]];
  };
}

interface Normal {
  readonly mean: number;
  readonly deviation: number;
}

/** The different ones of normal distributions, and the index of each among them. */
function distinctNormals(
  means: Float64Array,
  deviations: Float64Array,
): { readonly normals: readonly Normal[]; readonly indices: Uint32Array } {
  const normals: Normal[] = [];
  const known = new Map<number, Map<number, number>>();
  const indices = new Uint32Array(means.length);
  for (let i = 0; i < means.length; i++) {
    const [mean, deviation] = [means[i], deviations[i]];
    let ofMean = known.get(mean);
    if (ofMean === undefined) known.set(mean, (ofMean = new Map<number, number>()));
    let index = ofMean.get(deviation);
    if (index === undefined) {
      index = normals.push({ mean, deviation }) - 1;
      ofMean.set(deviation, index);
    }
    indices[i] = index;
  }
  return { normals, indices };
}

/**
 * The distance of each value to the farther one of its neighbors, within limits: narrow where there are many values. The first and
 * the last of several values have one neighbor, an only one the bounds.
 */
function deviationsOf(means: Float64Array, [low, high]: readonly [number, number]): Float64Array {
  const sorted = means.slice().sort();
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
function ranksOf(values: Float64Array, sorted: Float64Array): Uint32Array {
  const counted = new Uint32Array(sorted.length);
  const ranks = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const first = countFirst(sorted.length, (index) => sorted[index] < values[i]);
    ranks[i] = first + counted[first]++;
  }
  return ranks;
}
