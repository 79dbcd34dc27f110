import {
  encodeValue,
  type Choice,
  type Distribution,
  type Range,
  type Value,
} from '../space/distribution.js';
import { kernelsOf } from '../samplers/tpe/kernels.js';
import { logNormalMass } from '../samplers/tpe/normal.js';

/** The values of a range are rounded to so many, evenly spaced ones. */
const GRID_SIZE = 50;
/** 90 % of such a normal distribution, in steps of the grid, are rounded to its center. */
const LEAST_DEVIATION = 0.5 / 1.64;

/**
 * The probabilities of the values of a parameter, estimated from observed ones: a kernel around each, whose width follows Scott's rule,
 * and a uniform prior with the weight of one observation. Those of a range are the probabilities of the points of a grid.
 * Source: D. W. Scott, "Multivariate density estimation", 1992; the constants are those of Optuna's PED-ANOVA.
 *
 * @param observed at least one value
 * @returns one probability for each choice, or each point of the grid
 */
export function estimateProbabilities(distribution: Distribution, observed: readonly Value[]): Float64Array {
  return distribution.kind === 'choice'
    ? choiceProbabilities(distribution, observed)
    : gridProbabilities(distribution, observed);
}

function choiceProbabilities(distribution: Choice, observed: readonly Value[]): Float64Array {
  const counts = new Uint32Array(distribution.choices.length);
  for (const value of observed) counts[encodeValue(distribution, value)]++;
  const seen = [...counts.keys()].filter((choice) => counts[choice] > 0);
  const kernels = kernelsOf(distribution, seen);
  return Float64Array.from(counts, (_, choice) => {
    const logs = new Float64Array(seen.length + 1);
    kernels.addLogDensities(choice, logs);
    return mean(logs.map(Math.exp), [...seen.map((each) => counts[each]), 1]);
  });
}

function gridProbabilities(range: Range, observed: readonly Value[]): Float64Array {
  const counts = countOnGrid(range, observed);
  const seen = [...counts.keys()].filter((point) => counts[point] > 0);
  const size = counts.length;
  const weights = seen.map((point) => counts[point]);
  const deviation = Math.max(scottDeviation(seen, weights), LEAST_DEVIATION);
  const kernels = [
    ...seen.map((center) => ({ center, deviation })),
    { center: (size - 1) / 2, deviation: size },
  ];
  const mass = (from: number, to: number, { center, deviation }: (typeof kernels)[number]) =>
    Math.exp(logNormalMass((from - center) / deviation, (to - center) / deviation));
  const within = kernels.map((kernel) => mass(-0.5, size - 0.5, kernel));
  return Float64Array.from(counts, (_, point) =>
    mean(
      kernels.map((kernel, index) => mass(point - 0.5, point + 0.5, kernel) / within[index]),
      [...weights, 1],
    ),
  );
}

/** How many values are rounded to each point of the grid. */
function countOnGrid(range: Range, observed: readonly Value[]): Uint32Array {
  const { log } = range;
  const counts = new Uint32Array(gridSizeOf(range));
  const scaled = (value: number) => (log ? Math.log(value) : value);
  const [low, high] = [scaled(range.low), scaled(range.high)];
  const step = (high - low) / (counts.length - 1);
  for (const value of observed) {
    const point = Math.ceil((scaled(Number(value)) - low) / step - 0.5);
    counts[Math.min(Math.max(point, 0), counts.length - 1)]++;
  }
  return counts;
}

function gridSizeOf({ kind, low, high, step, log }: Range): number {
  if (kind === 'int' && log) return Math.min(Math.ceil(Math.log(high - low + 1) / Math.LN2) + 1, GRID_SIZE);
  return step === undefined ? GRID_SIZE : Math.min(Math.round((high - low) / step) + 1, GRID_SIZE);
}

/**
 * Scott's rule.
 *
 * @param values sorted
 * @param weights how often each occurs
 */
function scottDeviation(values: readonly number[], weights: readonly number[]): number {
  const count = weights.reduce((sum, weight) => sum + weight, 0);
  const center = mean(values, weights);
  const squares = values.reduce((sum, value, index) => sum + weights[index] * (value - center) ** 2, 0);
  const deviation = Math.sqrt(squares / Math.max(1, count - 1));
  let before = 0;
  const upTo = weights.map((weight) => (before += weight));
  const first = upTo.findIndex((sum) => sum >= Math.floor(count / 4));
  const third = upTo.findIndex((sum) => sum > Math.floor((count * 3) / 4));
  const range = (third === -1 ? values[values.length - 1] : values[third]) - values[first];
  return 1.059 * Math.min(range / 1.34, deviation) * count ** -0.2;
}

function mean(values: ArrayLike<number>, weights: readonly number[]): number {
  let [sum, total] = [0, 0];
  for (const [index, weight] of weights.entries()) {
    sum += weight * values[index];
    total += weight;
  }
  return sum / total;
}
