import { describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { parseSpace } from '#inkling/sweep/space/parseSpace.js';
import { gridSampler } from '#inkling/sweep/samplers/grid.js';
import { haltonSequence, quasiRandomSampler } from '#inkling/sweep/samplers/quasiRandom.js';
import { randomSampler } from '#inkling/sweep/samplers/random.js';
import type { Sampler } from '#inkling/sweep/samplers/sampler.js';
import { spaceOf } from '../../../bench/sweep/objectives.js';

const space = spaceOf(
  { float: [1e-4, 1], log: true },
  { int: [1, 100], log: true },
  { int: [2, 10], step: 4 },
  { choice: ['a', 'b', 'c', null] },
  { float: [0, 0.3], step: 0.1 },
);
const [RATE, LOG_INT, STEPPED, CHOICE, DECIMAL] = space.parameters.map(({ name }) => name);

/** The values of one parameter in the first trials. */
const valuesOf = (sampler: Sampler, name: string, count: number) =>
  Array.from({ length: count }, (_, number) => sampler.suggest(number)[name]);

/** The largest difference between the distribution of some numbers and the uniform one from 0 to 1 (Kolmogorov and Smirnov). */
function distanceFromUniform(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const n = sorted.length;
  return Math.max(...sorted.map((each, i) => Math.max(Math.abs(each - i / n), Math.abs(each - (i + 1) / n))));
}

describe.each([
  ['random', randomSampler({ space, seed: 7, direction: 'minimize' }), 1.63 / Math.sqrt(1000)],
  ['quasi-random', quasiRandomSampler({ space, seed: 7, direction: 'minimize' }), 0.02],
] as const)('%s', (_, sampler, distance) => {
  it('is uniform in the logarithm', () => {
    const logarithms = valuesOf(sampler, RATE, 1000).map((value) => Math.log10(Number(value)) / 4 + 1);
    expect(distanceFromUniform(logarithms)).toBeLessThan(distance);
  });

  it('rounds integers with log so that each has its share of the logarithm', () => {
    const values = valuesOf(sampler, LOG_INT, 1000).map(Number);
    expect(values.every((value) => Number.isInteger(value) && value >= 1 && value <= 100)).toBe(true);
    const share = values.filter((value) => value <= 7).length / 1000;
    expect(Math.abs(share - Math.log(7.5 / 0.5) / Math.log(100.5 / 0.5))).toBeLessThan(distance);
  });

  it.each([
    [STEPPED, [2, 6, 10]],
    [CHOICE, ['a', 'b', 'c', null]],
    [DECIMAL, [0, 0.1, 0.2, 0.3]],
  ])('draws all values of %s equally often', (name, expected) => {
    const values = valuesOf(sampler, name, 1000);
    expect([...new Set(values)].sort()).toEqual([...expected].sort());
    for (const each of expected) {
      const share = values.filter((value) => value === each).length / 1000;
      expect(Math.abs(share - 1 / expected.length)).toBeLessThan(distance);
    }
  });

  it('depends only on the number of the trial', () => {
    expect(sampler.suggest(500)).toEqual(sampler.suggest(500));
    expect(sampler.suggest(500)).not.toEqual(sampler.suggest(501));
  });
});

it('draws other values with another seed', () => {
  for (const make of [randomSampler, quasiRandomSampler]) {
    const [a, b] = [0, 1].map((seed) => make({ space, seed, direction: 'minimize' }).suggest(3));
    expect(a[RATE]).not.toBe(b[RATE]);
  }
});

/** The L2 star discrepancy of points in the unit cube (T. T. Warnock, 1972). */
function discrepancy(points: readonly (readonly number[])[]): number {
  const n = points.length;
  const d = points[0].length;
  const product = (factors: readonly number[]) => factors.reduce((a, b) => a * b, 1);
  const single = points.reduce((sum, x) => sum + product(x.map((each) => 1 - each ** 2)), 0);
  let pairs = 0;
  for (const x of points)
    for (const y of points) pairs += product(x.map((each, i) => 1 - Math.max(each, y[i])));
  return Math.sqrt(3 ** -d - (2 ** (1 - d) / n) * single + pairs / n ** 2);
}

describe('haltonSequence', () => {
  it('has less than half the discrepancy that random points have', () => {
    const [count, dimensions] = [256, 4];
    const coordinates = haltonSequence(dimensions, new Random(3));
    const points = Array.from({ length: count }, (_, index) => coordinates.map((of) => of(index)));
    const ofRandomPoints = Math.sqrt((2 ** -dimensions - 3 ** -dimensions) / count);
    expect(discrepancy(points)).toBeLessThan(ofRandomPoints / 2);
  });

  it('has one point in each interval of a power of the base', () => {
    const coordinates = haltonSequence(3, new Random(1));
    for (const [dimension, parts] of [8, 9, 25].entries()) {
      const cells = Array.from({ length: parts }, (_, index) =>
        Math.floor(coordinates[dimension](index) * parts),
      );
      expect(new Set(cells).size).toBe(parts);
    }
  });
});

describe('gridSampler', () => {
  it('has every combination once, without values that have no effect', () => {
    const grid = gridSampler(
      parseSpace(
        {
          optimizer: { choice: ['adam', 'sgd'] },
          momentum: { float: [0.8, 0.9], step: 0.1, when: { optimizer: ['sgd'] } },
          batchSize: { int: [32, 64], step: 32 },
        },
        'test',
      ),
    );
    expect(Array.from({ length: grid.size }, (_, number) => grid.suggest(number))).toEqual([
      { optimizer: 'adam', batchSize: 32 },
      { optimizer: 'adam', batchSize: 64 },
      { optimizer: 'sgd', momentum: 0.8, batchSize: 32 },
      { optimizer: 'sgd', momentum: 0.8, batchSize: 64 },
      { optimizer: 'sgd', momentum: 0.9, batchSize: 32 },
      { optimizer: 'sgd', momentum: 0.9, batchSize: 64 },
    ]);
  });

  it('rejects ranges without a step, and too many combinations', () => {
    expect(() => gridSampler(spaceOf({ float: [0, 1] }))).toThrow(
      'sampler: grid: momentum: expected "choice" or a range with a step, got every number of a range; add "step", or use the sampler quasi-random',
    );
    expect(() => gridSampler(spaceOf({ int: [1, 1e6] }))).toThrow(
      'sampler: grid: expected at most 100000 combinations, got more; remove values, or use the sampler quasi-random',
    );
  });
});
