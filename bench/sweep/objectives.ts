import type { Params } from '#inkling/sweep/space/space.js';
import type { Space } from '#inkling/sweep/space/space.js';
import { parseVaried } from '#inkling/sweep/space/schema.js';
import type { Sampler } from '#inkling/sweep/samplers/sampler.js';
import type { Trial } from '#inkling/sweep/trial.js';

/** Parameters of functions have the names of settings, whatever these mean. */
export const NAMES = ['momentum', 'learningRate', 'epochs', 'batchSize', 'clipNorm', 'weightDecay'] as const;

/** A space without conditions from distributions as in a space file. */
export function spaceOf(...distributions: readonly object[]): Space {
  const parameters = distributions.map((each, index) => {
    const varied = parseVaried(each, 'test');
    if (varied === undefined) throw new Error('expected a distribution');
    return { name: NAMES[index], ...varied };
  });
  return { fixed: {}, parameters };
}

export function completeTrial(number: number, params: Params, value: number): Trial {
  const epochs = new Map([[1, value]]);
  return { number, params, value, epochs, state: 'complete', run: undefined, error: undefined };
}

/** A function to minimize, whose minimum is 0. */
export interface Objective {
  readonly space: Space;
  readonly valueOf: (x: readonly (number | string)[]) => number;
}

const reals = (count: number, low: number, high: number) =>
  spaceOf(...Array.from({ length: count }, () => ({ float: [low, high] })));

const sphere: Objective = {
  space: reals(5, -5, 5),
  valueOf: (x) => x.map(Number).reduce((sum, each) => sum + each ** 2, 0),
};

const branin: Objective = {
  space: spaceOf({ float: [-5, 10] }, { float: [0, 15] }),
  valueOf(point) {
    const [x, y] = point.map(Number);
    const parabola = y - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 / Math.PI) * x - 6;
    return parabola ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.397887;
  },
};

const SHARPNESS = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const PEAKS = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];
const HEIGHTS = [1, 1.2, 3, 3.2];

const hartmann: Objective = {
  space: reals(6, 0, 1),
  valueOf(x) {
    const peaks = HEIGHTS.map((height, k) => {
      const distance = x.reduce<number>(
        (sum, each, i) => sum + SHARPNESS[k][i] * (Number(each) - PEAKS[k][i]) ** 2,
        0,
      );
      return height * Math.exp(-distance);
    });
    return 3.32237 - peaks.reduce((sum, each) => sum + each, 0);
  },
};

const OFFSETS = new Map([
  ['a', 1],
  ['b', 0.5],
  ['c', 0],
  ['d', 2],
]);

/** A choice, a rate and a number on a logarithmic scale, and a number with a step. */
const mixed: Objective = {
  space: spaceOf(
    { choice: ['a', 'b', 'c', 'd'] },
    { float: [1e-5, 1], log: true },
    { int: [4, 512], log: true },
    { int: [0, 30], step: 3 },
  ),
  valueOf([choice, ...numbers]) {
    const [rate, size, steps] = numbers.map(Number);
    return (
      (OFFSETS.get(String(choice)) ?? NaN) +
      (Math.log10(rate) + 2.5) ** 2 +
      (Math.log2(size) - 5) ** 2 / 4 +
      Math.abs(steps - 12) / 6
    );
  },
};

export const objectives = { sphere, branin, hartmann, mixed };

/** The lowest value after each of a number of trials. */
export function lowestValues({ space, valueOf }: Objective, sampler: Sampler, count: number): number[] {
  let lowest = Infinity;
  return Array.from({ length: count }, (_, number) => {
    const params = sampler.suggest(number);
    const value = valueOf(space.parameters.map(({ name }) => params[name] as number | string));
    sampler.learn?.(completeTrial(number, params, value));
    return (lowest = Math.min(lowest, value));
  });
}
