import { describe, expect, it, test } from 'vitest';
import { parseSpace } from '#inkling/sweep/space/parseSpace.js';
import type { Params } from '#inkling/sweep/space/space.js';
import type { Direction, Trial } from '#inkling/sweep/trial.js';
import { randomSampler } from '#inkling/sweep/samplers/random.js';
import { TrialSplitter } from '#inkling/sweep/samplers/tpe/splitTrials.js';
import type { SamplerOptions } from '#inkling/sweep/samplers/sampler.js';
import { tpeSampler } from '#inkling/sweep/samplers/tpe/tpe.js';
import { completeTrial, lowestValues, objectives, spaceOf } from '../../../../bench/sweep/objectives.js';

const SEEDS = 20;
const TRIALS = 50;

/**
 * The mean over seeds 0 to 159 of the lowest value that TPESampler(seed) of Optuna 5.0, with its defaults, finds in 50 trials, and
 * the standard error of a mean over 20 seeds. The script defines the same functions and spaces with suggest_float,
 * suggest_int, and suggest_categorical.
 */
const OPTUNA = {
  sphere: [1.131, 0.1403],
  branin: [0.2686, 0.0559],
  hartmann: [0.5028, 0.0811],
  mixed: [0.2396, 0.0593],
} as const;

test.each(['sphere', 'branin', 'hartmann', 'mixed'] as const)(
  'finds as low values of %s as Optuna',
  (name) => {
    const objective = objectives[name];
    const found = Array.from({ length: SEEDS }, (_, seed) =>
      Math.min(
        ...lowestValues(
          objective,
          tpeSampler({ space: objective.space, seed, direction: 'minimize' }),
          TRIALS,
        ),
      ),
    );
    const [mean, standardError] = OPTUNA[name];
    expect(found.reduce((sum, each) => sum + each, 0) / SEEDS).toBeLessThanOrEqual(mean + standardError);
  },
  60_000,
);

describe('tpeSampler', () => {
  const options = { space: spaceOf({ float: [0, 1] }), seed: 4, direction: 'minimize' } as const;
  const trialsOf = (count: number) =>
    Array.from({ length: count }, (_, number) =>
      completeTrial(number, { momentum: number / count }, Math.abs(number / count - 0.3)),
    );

  /** A sampler that has learned from trials. */
  const samplerAfter = (trials: readonly Trial[], changes: Partial<SamplerOptions> = {}) => {
    const sampler = tpeSampler({ ...options, ...changes });
    for (const trial of trials) sampler.learn?.(trial);
    return sampler;
  };

  it('draws at random before there are ten results, without failed and running trials', () => {
    const random = randomSampler(options).suggest(30);
    const unfinished = trialsOf(20).map((trial, index): Trial => ({
      ...trial,
      state: index % 2 ? 'failed' : 'running',
    }));
    expect(samplerAfter([...trialsOf(9), ...unfinished]).suggest(30)).toEqual(random);
    expect(samplerAfter([...trialsOf(10), ...unfinished]).suggest(30)).not.toEqual(random);
  });

  it('suggests the same for the same seed, number, and results, and values near the best otherwise', () => {
    const sampler = samplerAfter(trialsOf(40));
    const suggested = Array.from({ length: 10 }, (_, k) => sampler.suggest(40 + k));
    // In whatever order they end.
    expect(samplerAfter(trialsOf(40).reverse()).suggest(40)).toEqual(suggested[0]);
    expect(new Set(suggested.map(({ momentum }) => momentum)).size).toBe(10);
    for (const { momentum } of suggested) expect(Math.abs(Number(momentum) - 0.3)).toBeLessThan(0.15);
  });

  it('maximizes', () => {
    const trials = trialsOf(40).map((trial) => ({ ...trial, value: -(trial.value ?? 0) }));
    const suggested = samplerAfter(trials, { direction: 'maximize' }).suggest(40);
    expect(suggested).toEqual(samplerAfter(trialsOf(40)).suggest(40));
  });

  it('suggests parameters only where their conditions hold, from trials in which they held', () => {
    const space = parseSpace(
      {
        optimizer: { choice: ['adam', 'sgd'] },
        momentum: { float: [0, 0.9], when: { optimizer: ['sgd'] } },
      },
      'test',
    );
    const trials = Array.from({ length: 60 }, (_, number) => {
      const isSgd = number % 2 === 0;
      const params: Params = isSgd ? { optimizer: 'sgd', momentum: 0.015 * number } : { optimizer: 'adam' };
      return completeTrial(number, params, isSgd ? Math.abs(0.015 * number - 0.6) : 1);
    });
    const sampler = samplerAfter(trials, { space, seed: 1 });
    const suggested = Array.from({ length: 20 }, (_, k) => sampler.suggest(60 + k));
    const sgd = suggested.filter(({ optimizer }) => optimizer === 'sgd');
    expect(sgd.length).toBeGreaterThan(14);
    for (const { momentum } of sgd) expect(Math.abs(Number(momentum) - 0.6)).toBeLessThan(0.2);
    for (const { optimizer, momentum } of suggested) expect(momentum !== undefined).toBe(optimizer === 'sgd');
  });
});

describe('TrialSplitter', () => {
  const splitTrials = (trials: readonly Trial[], direction: Direction) => {
    const splitter = new TrialSplitter(direction);
    for (const trial of trials) splitter.add(trial);
    return splitter.split();
  };

  const trial = (number: number, value: number, changes: Partial<Trial> = {}): Trial => ({
    ...completeTrial(number, {}, value),
    ...changes,
  });
  const pruned = (number: number, epoch: number, value: number) =>
    trial(number, value, { state: 'pruned', epochs: new Map([[epoch, value]]) });

  it('ranks complete trials by value, then pruned ones by their last epoch and its value', () => {
    const complete = [trial(3, 9)];
    const all = [pruned(0, 2, 5), pruned(1, 3, 7), pruned(2, 3, 6), ...complete];
    const others = Array.from({ length: 26 }, (_, k) => pruned(4 + k, 1, 0));
    const { good } = splitTrials([...all, ...others], 'minimize');
    expect(good.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(splitTrials([trial(0, 1), trial(1, 2)], 'maximize').good.map(({ number }) => number)).toEqual([1]);
  });

  it('keeps the first of equal trials, at most 25 good ones, and the last 1000 of the others', () => {
    const trials = Array.from({ length: 3000 }, (_, number) => trial(number, number % 3));
    const { good, others } = splitTrials(trials, 'minimize');
    expect(good.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, k) => 3 * k));
    expect(others.map(({ number }) => number)).toEqual(Array.from({ length: 1000 }, (_, k) => 2000 + k));
    expect(splitTrials(trials.reverse(), 'minimize')).toEqual({ good, others });
    // Good ones do not take the place of others.
    const improving = splitTrials(
      trials.map(({ number }) => trial(number, -number)),
      'minimize',
    );
    expect(improving.good.map(({ number }) => number)).toEqual(
      Array.from({ length: 25 }, (_, k) => 2975 + k),
    );
    expect(improving.others.map(({ number }) => number)).toEqual(
      Array.from({ length: 1000 }, (_, k) => 1975 + k),
    );
  });
});
