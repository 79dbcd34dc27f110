import { describe, expect, it, test } from 'vitest';
import { adjustByHolm, pairedTest } from '#inkling/runs/compare/pairedTest.js';

describe('pairedTest', () => {
  // scipy 1.17.1: r = scipy.stats.ttest_rel(first, second); r.pvalue, r.confidence_interval(0.95)
  it.each([
    {
      first: [0.971, 0.968, 0.974],
      second: [0.965, 0.967, 0.966],
      pValue: 0.13827251556786085,
      interval: [-0.0039566858950296005, 0.01395668589502961],
    },
    {
      first: [0.31, 0.28, 0.35, 0.3, 0.33],
      second: [0.3, 0.33, 0.32, 0.34, 0.31],
      pValue: 0.7316000830813216,
      interval: [-0.051282449296598635, 0.039282449296598625],
    },
    {
      first: [0.9, 0.95],
      second: [0.8, 0.84],
      pValue: 0.030292344376736315,
      interval: [0.04146897631912645, 0.16853102368087353],
    },
  ])('is that of SciPy for $first against $second', ({ first, second, pValue, interval: [low, high] }) => {
    const { interval, ...rest } = pairedTest(first, second);
    expect(rest.count).toBe(first.length);
    expect(rest.pValue).toBeCloseTo(pValue, 10);
    expect(interval?.low).toBeCloseTo(low, 10);
    expect(interval?.high).toBeCloseTo(high, 10);
    expect(rest.difference).toBeCloseTo((low + high) / 2, 12);
  });

  it('is the sign test if all pairs differ by the same amount, apart from rounding', () => {
    const second = [0.91, 0.93, 0.92, 0.97];
    const test4 = pairedTest(
      second.map((value) => value + 0.01),
      second,
    );
    expect(test4).toMatchObject({ count: 4, interval: undefined, pValue: 0.125 });
    expect(test4.difference).toBeCloseTo(0.01, 12);
    expect(pairedTest(second, second)).toEqual({ count: 4, difference: 0, interval: undefined, pValue: 1 });
  });

  it('requires pairs, and at least two', () => {
    expect(() => pairedTest([1, 2], [1])).toThrow(
      'pairedTest: expected as many first as second results, got 2 and 1; compare results of the same seeds',
    );
    expect(() => pairedTest([1], [1])).toThrow('expected at least 2 values, got 1');
  });
});

// statsmodels 0.15: statsmodels.stats.multitest.multipletests(p, method="holm")[1]
test.each([
  [
    [0.01, 0.04, 0.03, 0.005],
    [0.03, 0.06, 0.06, 0.02],
  ],
  [
    [0.5, 0.9, 0.02],
    [1, 1, 0.06],
  ],
  [[0.04], [0.04]],
  [[], []],
])('Holm adjusts the p-values %j to %j', (pValues, expected) => {
  const adjusted = adjustByHolm(pValues);
  expect(adjusted).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(adjusted[index]).toBeCloseTo(value, 12);
});
