import { join } from 'node:path';
import { formatCount, formatPercent, formatPlural } from '../../core/format.js';
import { hasEnded, leadingTrial } from '../../sweep/finalists/finalists.js';
import { countEnded, formatMetric, formatParams, metricName } from '../../sweep/formatSweep.js';
import type { SweepRecord } from '../../sweep/sweepFolder.js';
import { type Direction, lastEpoch, stateOfTrial, type Trial } from '../../sweep/trial.js';
import type { Output } from './output.js';
import { finalistsJson, printFinalists } from './sweepFinalists.js';

/** `2 of 12 trials`, and from the first run of a finalist on, `12 of 12 trials and 3 runs with other seeds` */
export function describeProgress(sweep: SweepRecord): string {
  const ended = sweep.seedRuns.filter(hasEnded).length;
  const runs = ended === 0 ? '' : ` and ${formatPlural(ended, 'run')} with other seeds`;
  return `${countEnded(sweep.trials)} of ${formatPlural(sweep.target, 'trial')}${runs}`;
}

/** One line about a trial that has ended, or was paused. */
export function describeTrial(trial: Trial, best: Trial | undefined, direction: Direction): string {
  const { number, params, state, error } = trial;
  const last = lastEpoch(trial);
  const result =
    state === 'failed'
      ? `failed: ${error ?? ''}`
      : `${formatMetric(trial.value ?? last?.value, direction)} after ${formatPlural(last?.epoch ?? 0, 'epoch')}, ${stateOfTrial(trial)}`;
  const leader =
    best === undefined ? '' : `; best ${formatMetric(best.value, direction)} (trial ${best.number})`;
  return `trial ${number}: ${formatParams(params)}: ${result}${leader}`;
}

/** Prints the best trial of a sweep, and how to train it again. */
export function printBest(sweep: SweepRecord, output: Output): void {
  const { folder, direction, test, trials } = sweep;
  const best = leadingTrial(sweep);
  if (best === undefined) return;
  printFinalists(sweep, output);
  // Until the end, those that Optuna trained have none.
  const run = best.run === undefined ? undefined : join(folder, best.run);
  const place = run ?? 'trained by Optuna';
  output.line(`best trial: ${best.number} of ${formatCount(trials.length)}, ${place}`);
  output.line(`settings: ${formatParams(best.params)}`);
  const validation = `${metricName(direction)} ${formatMetric(best.value, direction)}`;
  const score = test?.trial === best.number ? `, test accuracy ${formatPercent(test.accuracy)}` : '';
  output.conclusion(`${sweep.name}: ${validation}${score}; ${place}`);
  if (run === undefined) return;
  output.line(`to train it again, run: inkling train --config ${join(run, 'config.json')}`);
}

/** A sweep as JSON. */
export function sweepJson(sweep: SweepRecord, state: string): object {
  const { folder, name, direction, definition, trials, target, test } = sweep;
  return {
    folder,
    name,
    state,
    metric: metricName(direction),
    sampler: definition.sampler,
    pruner: definition.pruner,
    target,
    best: leadingTrial(sweep)?.number,
    test,
    ...finalistsJson(sweep),
    trials: trials.map(({ until, epochs, ...trial }) => ({
      ...trial,
      state: stateOfTrial({ ...trial, until, epochs }),
      epochs: Object.fromEntries(epochs),
    })),
  };
}
