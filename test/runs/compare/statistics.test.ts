import { expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import {
  chanceToReach,
  describeSample,
  mcNemarExact,
  predictionInterval,
  studentDistribution,
  studentQuantile,
  wilsonInterval,
} from '#inkling/runs/compare/statistics.js';

// From exact fractions of binomial coefficients.
test.each([
  [0, 0, 1],
  [5, 5, 1],
  [3, 0, 0.25],
  [1, 9, 0.021484375],
  [9, 1, 0.021484375],
  [10, 25, 0.01667384780012071],
  [40, 75, 0.0014129574986076687],
  [400, 600, 2.7284641560660184e-10],
  // 2 ** -4100 is below the smallest float64.
  [2000, 2100, 0.12206497999113813],
])('McNemar: %i against %i gives p = %f', (first, second, expected) => {
  expect(mcNemarExact(first, second) / expected).toBeCloseTo(1, 9);
});

// By numerical integration of the density.
test.each([
  [1, 1, 0.75],
  [2, 1, 0.852416382349567],
  [1.5, 2, 0.8638034375544981],
  [2.5, 4, 0.9666167275940067],
  [2, 5, 0.9490302605850707],
  [0.3, 7, 0.6135549747989328],
  [3, 30, 0.9973050179671747],
])('Student’s t is at most %f with %i degrees of freedom in %f of all cases', (t, degrees, expected) => {
  expect(studentDistribution(t, degrees)).toBeCloseTo(expected, 10);
  expect(studentDistribution(-t, degrees)).toBeCloseTo(1 - expected, 10);
});

// From printed tables.
test.each([
  [1, 12.706],
  [2, 4.303],
  [4, 2.776],
  [9, 2.262],
  [29, 2.045],
  [120, 1.98],
])('97.5 %% of Student’s t with %i degrees of freedom lie below %f', (degrees, expected) => {
  expect(studentQuantile(0.975, degrees)).toBeCloseTo(expected, 3);
});

test('describes a sample', () => {
  const sample = describeSample([0.9874, 0.986, 0.983]);
  expect(sample.count).toBe(3);
  expect(sample.mean).toBeCloseTo(0.9854666666666667, 12);
  expect(sample.standardDeviation).toBeCloseTo(0.0022479620400116794, 12);
  expect(sample.interval.low).toBeCloseTo(0.9798824193884905, 9);
  expect(sample.interval.high).toBeCloseTo(0.9910509139448429, 9);
  expect(chanceToReach(0.988, sample)).toBeCloseTo(0.21600639411093248, 10);
  expect(chanceToReach(sample.mean, sample)).toBeCloseTo(0.5, 10);
});

test('cuts the interval off where values are impossible', () => {
  // scipy.stats.t.interval(0.95, 2, loc=0.99, scale=0.01 / 3 ** 0.5): 0.96515862, 1.01484138
  const { interval } = describeSample([0.98, 0.99, 1], { min: 0, max: 1 });
  expect(interval.low).toBeCloseTo(0.96515862, 8);
  expect(interval.high).toBe(1);
  expect(describeSample([0.98, 0.99, 1]).interval.high).toBeCloseTo(1.01484138, 8);
  expect(describeSample([0.001, 0.1], { min: 0 }).interval.low).toBe(0);
});

test('describes a sample without spread', () => {
  const sample = describeSample([0.5, 0.5]);
  expect(sample.interval).toEqual({ low: 0.5, high: 0.5 });
  expect([0.4, 0.5, 0.6].map((value) => chanceToReach(value, sample))).toEqual([1, 1, 0]);
});

test('rejects a single value', () => {
  expect(() => describeSample([0.9])).toThrow(
    new UsageError('describeSample: expected at least 2 values, got 1; use more seeds'),
  );
});

test('Wilson: the observed proportion is 1.96 standard errors of each limit away from it', () => {
  for (const [hits, count] of [
    [8, 10],
    [9_874, 10_000],
    [1, 3],
  ]) {
    const { low, high } = wilsonInterval(hits, count);
    for (const limit of [low, high]) {
      const deviations = (hits / count - limit) / Math.sqrt((limit * (1 - limit)) / count);
      expect(Math.abs(deviations)).toBeCloseTo(1.959963984540054, 9);
    }
    expect(low).toBeLessThan(hits / count);
    expect(high).toBeGreaterThan(hits / count);
  }
  expect(wilsonInterval(0, 10).low).toBe(0);
  expect(wilsonInterval(10, 10).high).toBeCloseTo(1, 12);
});

test.each([
  [() => wilsonInterval(0, 0), 'wilsonInterval: count: expected a whole number of at least 1, got 0'],
  [() => wilsonInterval(11, 10), 'wilsonInterval: hits: expected a whole number from 0 to 10, got 11'],
  [() => wilsonInterval(0.9, 10), 'wilsonInterval: hits: expected a whole number from 0 to 10, got 0.9'],
  [() => mcNemarExact(NaN, 1), 'mcNemarExact: onlyFirst: expected a whole number of at least 0, got NaN'],
])('rejects what are no counts: %#', (compute, message) => {
  expect(compute).toThrow(new UsageError(message));
});

test('the prediction interval contains another measurement with a probability of 95 %', () => {
  const sample = describeSample([0.986, 0.988, 0.9871, 0.9854]);
  const { low, high } = predictionInterval(sample);
  expect(chanceToReach(high, sample)).toBeCloseTo(0.025, 9);
  expect(chanceToReach(low, sample)).toBeCloseTo(0.975, 9);
});
