import { formatLoss, formatPercent, formatPlural, formatPValue } from '../../core/format.js';
import { option } from '../../core/optionName.js';
import type { PairedTest } from '../../runs/compare/pairedTest.js';
import { describeSample, SIGNIFICANT } from '../../runs/compare/statistics.js';
import type { SweepState } from '../journal/replay.js';
import { bestTrial, type Direction, rangeOf, type Trial } from '../trial.js';
import { failuresOf, type Finalist, meanOf, valuesOf } from './finalists.js';

type State = Pick<SweepState, 'trials' | 'direction'>;

interface Compared {
  /** The selected one first. */
  readonly finalists: readonly Finalist[];
  /** Of the selected one with others. */
  readonly comparisons: readonly (PairedTest & { readonly trial: number; readonly adjustedPValue: number })[];
  readonly isWinner: boolean;
}

/** What can be said about the best trial if each has been trained with one seed. */
export function describeBest(
  { number, value }: Trial & { readonly value: number },
  { trials, direction }: State,
): string {
  const [metric, format] = formatOf(direction);
  const second = bestTrial(
    trials.filter((trial) => trial.number !== number),
    direction,
  );
  const all = formatPlural(trials.length, 'trial');
  if (second === undefined) return `trial ${number} is the only complete one of ${all}`;
  return `no winner between trial ${number} and trial ${second.number}: of ${all}, they have the best ${metric}, ${format(value)} and ${format(second.value)}, each with one seed, so that the difference may be chance; train the best trials of a sweep with several seeds (${option('seeds')})`;
}

/** What can be said about the selected finalist. */
export function describeSelected(
  { finalists, comparisons, isWinner }: Compared,
  { trials, direction }: State,
): string {
  const selected = finalists[0];
  const { number } = selected.trial;
  const of = `of ${formatPlural(trials.length, 'trial')}`;
  const mean = describeMean(selected, direction);
  const failed = describeFailures(finalists);
  if (comparisons.length === 0) {
    const why = finalists.length === 1 ? 'is the only complete one' : 'cannot be compared with another one';
    return `trial ${number} ${why} ${of}: ${mean}${failed}`;
  }
  const list = comparisons
    .filter(({ adjustedPValue }) => isWinner || adjustedPValue > SIGNIFICANT)
    .map((comparison) => describeComparison(comparison, direction));
  const method =
    comparisons.length === 1 ? '' : `; p-values are adjusted for ${comparisons.length} comparisons`;
  if (isWinner) {
    return `trial ${number} is the best ${of}, with ${mean}; it is better than ${list.join(', ')}${method}${failed}`;
  }
  const tied = comparisons
    .filter(({ adjustedPValue }) => adjustedPValue > SIGNIFICANT)
    .map(({ trial }) => `trial ${trial}`);
  return `no winner between trial ${number} and ${tied.join(', ')}: ${of}, trial ${number} is the best on average, with ${mean}; that it is better than ${list.join(', ')} is not significant${method}${failed}`;
}

/** The mean of a finalist with its interval. */
function describeMean(finalist: Finalist, direction: Direction): string {
  const [metric, format] = formatOf(direction);
  const values = valuesOf(finalist);
  const mean = meanOf(finalist);
  if (mean === undefined) return `no ${metric} for other seeds`;
  const seeds = formatPlural(values.length, 'other seed');
  if (values.length === 1) return `a ${metric} of ${format(mean)} for ${seeds}`;
  const { low, high } = describeSample(values, rangeOf(direction)).interval;
  return `a mean ${metric} of ${format(mean)} for ${seeds} (95 % interval ${format(low)} to ${format(high)})`;
}

/** `trial 3 by 0.42 percentage points (95 % interval 0.20 to 0.64, p = 0.0030)` */
function describeComparison(
  { trial, difference, interval, adjustedPValue }: Compared['comparisons'][number],
  direction: Direction,
): string {
  const format = (value: number) => (direction === 'maximize' ? (100 * value).toFixed(2) : formatLoss(value));
  const unit = direction === 'maximize' ? ' percentage points' : '';
  const range =
    interval === undefined
      ? 'the same for each seed'
      : `95 % interval ${format(interval.low)} to ${format(interval.high)}`;
  return `trial ${trial} by ${format(difference)}${unit} (${range}, ${formatPValue(adjustedPValue)})`;
}

function describeFailures(finalists: readonly Finalist[]): string {
  return finalists
    .filter((finalist) => failuresOf(finalist) > 0)
    .map((finalist) => {
      const { trial, runs } = finalist;
      return `; trial ${trial.number} failed with ${failuresOf(finalist)} of ${formatPlural(runs.length, 'seed')}`;
    })
    .join('');
}

function formatOf(direction: Direction): [metric: string, format: (value: number) => string] {
  return direction === 'maximize' ? ['validation accuracy', formatPercent] : ['validation loss', formatLoss];
}
