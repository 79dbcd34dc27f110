import { describe, expect, it } from 'vitest';
import { concludeSweep } from '#inkling/sweep/finalists/conclusion.js';
import type { SweepState } from '#inkling/sweep/journal/replay.js';
import type { Direction, Trial } from '#inkling/sweep/trial.js';

const SEEDS = [1, 2, 3, 4, 5];

type State = Pick<SweepState, 'trials' | 'direction' | 'definition' | 'seedRuns'>;

/**
 * A sweep whose trials have ended.
 *
 * @param values of the trials, by number; undefined if pruned
 * @param results of finalists for each seed, by trial; undefined for a run that failed
 */
function sweepOf(
  values: readonly (number | undefined)[],
  results: Readonly<Record<number, readonly (number | undefined)[]>> = {},
  direction: Direction = 'maximize',
): State {
  const trials = values.map((value, number): Trial => {
    const state = value === undefined ? 'pruned' : 'complete';
    return {
      number,
      params: {},
      state,
      value,
      epochs: new Map(),
      run: `trial-${number}-1`,
      error: undefined,
    };
  });
  const seedRuns = Object.entries(results).flatMap(([trial, each]) =>
    each.map((value, index) => ({
      trial: Number(trial),
      seed: SEEDS[index],
      ...(value === undefined ? { error: 'the loss is NaN' } : { value }),
    })),
  );
  const count = Object.values(results).at(0)?.length ?? 0;
  const definition = {
    format: 1,
    version: '0.1.0',
    space: {},
    sampler: 'random',
    pruner: 'none',
    seeds: SEEDS.slice(0, count),
    fingerprint: { train: 'a', test: 'b' },
  } as const;
  return { trials, direction, seedRuns, definition: { ...definition, seeds: [...definition.seeds] } };
}

describe('the conclusion of a sweep with one seed', () => {
  it('says that the difference may be chance', () => {
    expect(concludeSweep(sweepOf([0.9, 0.95, undefined, 0.94]))).toEqual({
      selected: 1,
      isWinner: false,
      comparisons: [],
      text: 'no winner between trial 1 and trial 3: of 4 trials, they have the best validation accuracy, 95.00 % and 94.00 %, each with one seed, so that the difference may be chance; train the best trials of a sweep with several seeds (the option seeds)',
    });
    expect(concludeSweep(sweepOf([undefined, 0.5], {}, 'minimize'))?.text).toBe(
      'trial 1 is the only complete one of 2 trials',
    );
    expect(concludeSweep(sweepOf([undefined]))).toBeUndefined();
  });
});

describe('the conclusion of a sweep with finalists', () => {
  const results = {
    0: [0.95, 0.951, 0.949, 0.952, 0.95],
    1: [0.94, 0.943, 0.939, 0.941, 0.942],
    2: [0.931, 0.929, 0.93, 0.928, 0.931],
  };

  // scipy 1.17.1 and statsmodels 0.15: for each other finalist, ttest_rel(results[0], other), with confidence_interval(0.95);
  // multipletests([p1, p2], method="holm")[1]; for the mean, scipy.stats.t.interval(0.95, 4, mean, sem(results[0])).
  it('names a winner that is significantly better than every other one, although its own trial was not the best', () => {
    const conclusion = concludeSweep(sweepOf([0.952, 0.96, 0.955], results));
    expect(conclusion).toMatchObject({ selected: 0, isWinner: true });
    const [first, second] = conclusion?.comparisons ?? [];
    expect([first.trial, second.trial]).toEqual([1, 2]);
    expect(first.adjustedPValue).toBeCloseTo(9.694822115348792e-5, 10);
    expect(second.adjustedPValue).toBeCloseTo(7.364213891811484e-5, 10);
    expect(first.interval?.low).toBeCloseTo(0.0077341329368813315, 10);
    expect(first.interval?.high).toBeCloseTo(0.011065867063118687, 10);
    expect(conclusion?.text).toBe(
      'trial 0 is the best of 3 trials, with a mean validation accuracy of 95.04 % for 5 other seeds (95 % interval 94.90 % to 95.18 %); it is better than trial 1 by 0.94 percentage points (95 % interval 0.77 to 1.11, p < 0.0001), trial 2 by 2.06 percentage points (95 % interval 1.77 to 2.35, p < 0.0001); p-values are adjusted for 2 comparisons',
    );
  });

  it('names no winner if it is not significantly better than one of them', () => {
    const close = { ...results, 1: [0.949, 0.952, 0.948, 0.9515, 0.951] };
    const conclusion = concludeSweep(sweepOf([0.96, 0.952, 0.955], close));
    expect(conclusion).toMatchObject({ selected: 0, isWinner: false });
    expect(conclusion?.comparisons[0].adjustedPValue).toBeCloseTo(0.8379401873943149, 10);
    expect(conclusion?.text).toBe(
      'no winner between trial 0 and trial 1: of 3 trials, trial 0 is the best on average, with a mean validation accuracy of 95.04 % for 5 other seeds (95 % interval 94.90 % to 95.18 %); that it is better than trial 1 by 0.01 percentage points (95 % interval -0.12 to 0.14, p = 0.8379) is not significant; p-values are adjusted for 2 comparisons',
    );
  });

  it('compares losses, of which lower ones are better', () => {
    const losses = { 0: [0.4, 0.42, 0.41], 1: [0.3, 0.31, 0.33] };
    expect(concludeSweep(sweepOf([0.2, 0.25], losses, 'minimize'))?.text).toBe(
      'trial 1 is the best of 2 trials, with a mean validation loss of 0.3133 for 3 other seeds (95 % interval 0.2754 to 0.3513); it is better than trial 0 by 0.0967 (95 % interval 0.0587 to 0.1346, p = 0.0082)',
    );
  });

  it('does not trust two seeds that differ by the same amount', () => {
    const same = { 0: [0.9, 0.92], 1: [0.89, 0.91] };
    expect(concludeSweep(sweepOf([0.9, 0.9], same))?.text).toBe(
      'no winner between trial 0 and trial 1: of 2 trials, trial 0 is the best on average, with a mean validation accuracy of 91.00 % for 2 other seeds (95 % interval 78.29 % to 100.00 %); that it is better than trial 1 by 1.00 percentage points (the same for each seed, p = 0.5000) is not significant',
    );
  });

  it('prefers settings whose training fails with fewer seeds, and compares only those that never fail', () => {
    const failing = { ...results, 0: [0.99, undefined, 0.99, 0.99, 0.99] };
    const conclusion = concludeSweep(sweepOf([0.952, 0.96, 0.955], failing));
    expect(conclusion).toMatchObject({ selected: 1, comparisons: [{ trial: 2 }] });
    expect(conclusion?.text).toContain('; trial 0 failed with 1 of 5 seeds');
    const all = { 0: [undefined, 0.4], 1: [undefined, undefined] };
    expect(concludeSweep(sweepOf([0.5, 0.6], all))).toMatchObject({ selected: 0, comparisons: [] });
    expect(concludeSweep(sweepOf([0.5, 0.6], all))?.text).toBe(
      'trial 0 cannot be compared with another one of 2 trials: a validation accuracy of 40.00 % for 1 other seed; trial 0 failed with 1 of 2 seeds; trial 1 failed with 2 of 2 seeds',
    );
  });

  it('is missing until all finalists have been trained with all seeds', () => {
    const incomplete = { ...results, 2: [0.931, 0.929] };
    expect(concludeSweep(sweepOf([0.952, 0.96, 0.955], incomplete))).toBeUndefined();
  });

  it('says that there is nothing to compare with', () => {
    expect(concludeSweep(sweepOf([undefined, 0.96], { 1: [0.93, 0.95] }))?.text).toBe(
      'trial 1 is the only complete one of 2 trials: a mean validation accuracy of 94.00 % for 2 other seeds (95 % interval 81.29 % to 100.00 %)',
    );
  });
});
