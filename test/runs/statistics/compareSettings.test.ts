import { describe, expect, test } from 'vitest';
import { compareSettings } from '#inkling/runs/statistics/compareSettings.js';
import { cohensD, pairedEffect } from '#inkling/runs/statistics/effectSize.js';
import { pairedTestPower, pairsToDetect } from '#inkling/runs/statistics/power.js';
import { correctedResampledTest } from '#inkling/runs/statistics/resampledTest.js';

// statsmodels 0.15: TTestPower().power(effect, n, 0.05)
test.each([
  [0.5, 5, 0.140516689990298],
  [1, 10, 0.8030968566327218],
  [0.2, 100, 0.508264806621038],
  [3, 2, 0.26077071422910936],
  [0.1, 30, 0.0827260081988528],
])('the paired t test finds an effect of %f with %i pairs in %f of all cases', (effect, pairs, power) => {
  expect(pairedTestPower(effect, pairs)).toBeCloseTo(power, 4);
});

// statsmodels: ceil(TTestPower().solve_power(effect, power=0.8, alpha=0.05))
test.each([
  [2, 5],
  [1, 10],
  [0.8, 15],
  [0.5, 34],
  [0.2, 199],
  [0.05, 3142],
])('to detect %f standard deviations takes %i pairs', (effect, pairs) => {
  expect(pairsToDetect(0.002, 0.002 / effect)).toBe(pairs);
});

test('no number of pairs is named where it would be absurd, and two are enough without variation', () => {
  expect(pairsToDetect(0.001, 1)).toBeUndefined();
  expect(pairsToDetect(0.001, 0)).toBe(2);
});

// NumPy: the interval of Bonett and Price (2012)
test.each([
  [30, 12, 1000, 0.005036855620020481, 0.03089128809255437, 30 / 42 - 0.5],
  [0, 0, 50, -0.053303993244218376, 0.053303993244218376, 0],
  [5, 40, 60, -0.7295128758841921, -0.3995193821803239, 40 / 45 - 0.5],
])('%i against %i of %i images', (onlyFirst, onlySecond, images, low, high, cohensG) => {
  const effect = pairedEffect(onlyFirst, onlySecond, images);
  expect(effect.difference).toBeCloseTo((onlyFirst - onlySecond) / images, 12);
  expect(effect.interval.low).toBeCloseTo(low, 10);
  expect(effect.interval.high).toBeCloseTo(high, 10);
  expect(effect.cohensG).toBeCloseTo(cohensG, 12);
});

test('Cohen’s d is the mean difference in standard deviations', () => {
  expect(cohensD([0.01, 0.02, 0.03])).toBeCloseTo(2, 10);
  expect(cohensD([0.01, 0.01])).toBeUndefined();
});

describe('the corrected resampled t test', () => {
  const first = [0.912, 0.904, 0.915, 0.897, 0.909];
  const second = [0.9, 0.9, 0.9, 0.9, 0.9];

  test('widens the paired test by the ratio of validation to training images', () => {
    // SciPy: t = d.mean() / sqrt(d.var(ddof=1) * (1/5 + 200/800)); 2 * stats.t.sf(t, 4); stats.t.interval(0.95, 4, d.mean(), …)
    const { pValue, interval, difference, count } = correctedResampledTest(first, second, {
      train: 800,
      validation: 200,
    });
    expect(pValue).toBeCloseTo(0.1948295416803688, 10);
    expect(interval?.low).toBeCloseTo(-0.005809285915634183, 10);
    expect(interval?.high).toBeCloseTo(0.02060928591563418, 10);
    expect([difference, count]).toEqual([expect.closeTo(0.0074, 12), 5]);
  });

  test('is the sign test if all folds differ by the same amount', () => {
    const images = { train: 800, validation: 200 };
    expect(correctedResampledTest([1, 1], [1, 1], images).pValue).toBe(1);
    expect(correctedResampledTest([1, 1, 1], [0, 0, 0], images)).toMatchObject({
      pValue: 0.25,
      interval: undefined,
    });
  });

  test('requires results of the same folds', () => {
    expect(() => correctedResampledTest([1, 2], [1], { train: 2, validation: 1 })).toThrow(
      'correctedResampledTest: expected as many first as second results, got 2 and 1; compare results of the same folds',
    );
  });
});

describe('settings', () => {
  const labels = new Array<number>(100).fill(0);
  /** Correct except for some images. */
  const run = (seed: number, wrongFrom: number, wrong: number, accuracy = 1 - wrong / 100) => ({
    seed,
    accuracy,
    predictions: labels.map((_, image) => (image >= wrongFrom && image < wrongFrom + wrong ? 1 : 0)),
  });

  test('are compared pair by pair on images, with p-values adjusted for all pairs', () => {
    const pairs = compareSettings([[run(0, 0, 2)], [run(0, 0, 12)], [run(0, 50, 3)]], labels);
    expect(pairs.map(({ first, second, winner }) => [first, second, winner])).toEqual([
      [0, 1, 0],
      [0, 2, undefined],
      [1, 2, undefined],
    ]);
    // Binomial: 2 / 2 ** 10, 1, and 2 * P(at most 3 of 15); statsmodels: multipletests(p, method="holm")
    expect(pairs.map(({ images }) => images.pValue)).toEqual([
      expect.closeTo(0.001953125, 12),
      expect.closeTo(1, 12),
      expect.closeTo(0.03515625, 12),
    ]);
    expect(pairs.map(({ images }) => images.adjustedPValue)).toEqual([
      expect.closeTo(0.005859375, 12),
      expect.closeTo(1, 12),
      expect.closeTo(0.0703125, 12),
    ]);
  });

  test('are compared over the seeds that both have, which then decide', () => {
    const better = [run(1, 0, 2, 0.98), run(2, 0, 2, 0.981), run(3, 0, 2, 0.979)] as const;
    const worse = [run(2, 0, 3, 0.97), run(1, 0, 3, 0.968), run(9, 0, 3, 0.5)] as const;
    const [{ images, seeds, winner }] = compareSettings([better, worse], labels);
    expect(images).toMatchObject({ onlyFirst: 1, onlySecond: 0, pValue: 1 });
    expect(seeds?.seeds).toEqual([1, 2]);
    // scipy.stats.ttest_rel([0.98, 0.981], [0.968, 0.97])
    expect(seeds?.pValue).toBeCloseTo(0.027661699133323957, 10);
    expect(seeds?.difference).toBeCloseTo(0.0115, 12);
    expect(winner).toBe(0);
  });
});
