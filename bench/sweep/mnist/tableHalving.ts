/** Compares ASHA with full training on the table: what it finds among the same trials, and how many epochs it trains. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { Random } from '#inkling/core/random.js';
import { successiveHalvingPruner } from '#inkling/sweep/pruners/stopping.js';
import { Promotion } from '#inkling/sweep/pruners/promotion.js';
import type { Pruner } from '#inkling/sweep/pruners/pruner.js';
import type { Trial } from '#inkling/sweep/trial.js';
import { ROOT } from '../../system.js';
import { quantile } from '../quantile.js';
import { EPOCHS, type Results } from './grid.js';

const TRIALS = 60;
/** With which `asha` is measured as well. */
const FEW_TRIALS = 30;
const REPETITIONS = 1000;
/** In which Optuna's pruner is compared. */
const COMPARED = 20;
const SCRIPT = join(ROOT, 'bench', 'sweep', 'mnist', 'optuna_halving.py');
/** In percentage points. */
const TOLERANCE = 0.05;

/** Of ASHA without promotion; the first is `asha-stopping`. */
const VARIANTS = [
  { factor: 3, first: 1, spacing: 3 },
  { factor: 4, first: 1, spacing: 4 },
  { factor: 2, first: 1, spacing: 2 },
  { factor: 3, first: 2, spacing: 3 },
  { factor: 3, first: 1, spacing: 6 },
  { factor: 5, first: 1, spacing: 16 },
  { factor: 6, first: 1, spacing: 16 },
] as const;

type Variant = (typeof VARIANTS)[number];

/** What a sweep found: a combination, after so many epochs of all trials. */
const foundSchema = z.object({ point: z.number(), epochs: z.number() });
type Found = z.infer<typeof foundSchema>;

export function measureTableHalving(results: Results) {
  const variants = VARIANTS.map((variant) => ({
    factor: variant.factor,
    rungs: rungsOf(variant),
    ...measure(
      (points) => sweep(points, results.curves, successiveHalvingPruner('maximize', variant)),
      results,
    ),
  }));
  const optuna = countSame(results);
  const find = (points: readonly number[]) =>
    promotingSweep(points, results.curves, results.images.validation);
  const promotion = measure(find, results);
  const few = { trials: FEW_TRIALS, ...measure(find, results, FEW_TRIALS) };
  return { trials: TRIALS, repetitions: REPETITIONS, tolerance: TOLERANCE, promotion, few, variants, optuna };
}

/** @param find what a sweep of these combinations finds */
function measure(find: (points: readonly number[]) => Found, results: Results, trials = TRIALS) {
  const repetitions = Array.from({ length: REPETITIONS }, (_, seed) =>
    repeat(find, results, drawPoints(results.curves.length, seed).slice(0, trials)),
  );
  const gaps = repetitions.map(({ gap }) => gap);
  const again = repetitions.flatMap(({ gapAgain }) => (gapAgain === undefined ? [] : [gapAgain]));
  const shares = repetitions.map(({ share }) => share);
  return {
    gap: summarize(gaps),
    within: gaps.filter((gap) => gap <= TOLERANCE + 1e-9).length / gaps.length,
    gapAgain: again.length === 0 ? undefined : { ...summarize(again), repetitions: again.length },
    epochs: quantile(shares, 0.5),
    epochsHighest: Math.max(...shares),
  };
}

/** In how many sweeps Optuna's pruner finds the same combination after the same number of epochs. */
function countSame({ curves, file }: Results): { readonly sweeps: number; readonly same: number } {
  const sweeps = VARIANTS.flatMap((variant) =>
    Array.from({ length: COMPARED }, (_, seed) => ({
      ...variant,
      rungs: rungsOf(variant),
      points: drawPoints(curves.length, seed),
    })),
  );
  const python = process.env.INKLING_BENCH_PYTHON ?? 'python3';
  const text = execFileSync(python, [SCRIPT, file], { encoding: 'utf8', input: JSON.stringify(sweeps) });
  const found = z.array(foundSchema).parse(JSON.parse(text));
  const same = sweeps.filter(({ points, factor, first, spacing }, index) => {
    const prunes = successiveHalvingPruner('maximize', { factor, first, spacing });
    const { point, epochs } = sweep(points, curves, prunes);
    return point === found[index].point && epochs === found[index].epochs;
  });
  return { sweeps: sweeps.length, same: same.length };
}

/** The epochs after which trials can end. */
function rungsOf({ first, spacing }: Variant): number[] {
  return Array.from({ length: EPOCHS }, (_, index) => first * spacing ** index).filter(
    (epoch) => epoch < EPOCHS,
  );
}

function drawPoints(count: number, seed: number): number[] {
  return [...new Random(seed).permutation(count)].slice(0, TRIALS);
}

/** In percentage points of accuracy. */
function summarize(gaps: readonly number[]) {
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const [lower, median, upper] = [0.025, 0.5, 0.975].map((fraction) => quantile(gaps, fraction));
  return { mean, median, lower, upper };
}

function repeat(find: (points: readonly number[]) => Found, results: Results, points: readonly number[]) {
  const { curves, again } = results;
  const full = sweep(points, curves, () => false);
  const found = find(points);
  const points100 = 100 / results.images.validation;
  const [expected, got] = [full, found].map(({ point }) => again.get(point));
  return {
    gap: (Math.max(...curves[full.point]) - Math.max(...curves[found.point])) * points100,
    gapAgain: expected === undefined || got === undefined ? undefined : (expected - got) * points100,
    share: found.epochs / full.epochs,
  };
}

/** Trains one trial after the other, as the table says. */
function sweep(points: readonly number[], curves: Results['curves'], prunes: Pruner): Found {
  const trials: Trial[] = [];
  for (const point of points) {
    const number = trials.length;
    const epochs = new Map<number, number>();
    let state: Trial['state'] = 'running';
    trials.push({ number, params: {}, state, epochs, value: undefined, run: undefined, error: undefined });
    for (const [index, value] of curves[point].entries()) {
      epochs.set(index + 1, value);
      const isLast = index + 1 === curves[point].length;
      if (isLast) state = 'complete';
      else if (prunes(trials[number], trials)) state = 'pruned';
      if (state !== 'running') break;
    }
    trials[number] = { ...trials[number], state, value: Math.max(...epochs.values()) };
  }
  return foundBy(trials, points);
}

/** The same with `asha`: trials are paused, and the best are continued. */
function promotingSweep(points: readonly number[], curves: Results['curves'], images: number): Found {
  const promotion = new Promotion({ direction: 'maximize', epochs: EPOCHS, group: Infinity });
  const trials: Trial[] = [];
  for (;;) {
    const next = promotion.next({ trials, target: points.length, active: 0 });
    if (next === undefined) return foundBy(trials, points);
    const [number, until] =
      next.type === 'start' ? [trials.length, promotion.first] : [next.trial, next.until];
    const values = curves[points[number]].slice(0, until).map((correct) => correct / images);
    const epochs = new Map(values.map((value, index) => [index + 1, value]));
    const state = until === undefined ? 'complete' : 'running';
    const value = until === undefined ? Math.max(...values) : undefined;
    trials[number] = { number, params: {}, state, epochs, until, value, run: undefined, error: undefined };
    if (until !== undefined) promotion.pause(trials[number]);
  }
}

function foundBy(trials: readonly Trial[], points: readonly number[]): Found {
  const best = trials
    .filter(({ state }) => state === 'complete')
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  return {
    point: points[best[0].number],
    epochs: trials.reduce((sum, { epochs }) => sum + epochs.size, 0),
  };
}
