import { type Command, Option } from 'commander';
import { UsageError } from '../core/errors.js';
import type { Config } from '../train/config.js';
import type { FinishedRun } from '../runs/trainRun.js';
import { chanceToReach, describeSample } from '../runs/statistics.js';
import { formatPercent } from '../core/format.js';
import { ORIGINAL_REPORT } from '../core/originalReport.js';
import type { Output } from './terminal/output.js';

/** So many runs fit into one command. */
const MOST_SEEDS = 1000;

export function addSeedsFlag(command: Command): void {
  command.addOption(
    new Option('--seeds <A..B>', 'train once with each seed from A to B')
      .argParser(parseSeeds)
      .conflicts('seed'),
  );
}

/** The seeds that a command line names: a range, or one. */
export function seedsFrom(command: Command, { seed }: Config): readonly number[] {
  return command.opts<{ seeds?: readonly number[] }>().seeds ?? [seed];
}

function parseSeeds(word: string): number[] {
  const [first, last] = (/^(\d{1,15})\.\.(\d{1,15})$/.exec(word) ?? []).slice(1).map(Number);
  const count = last - first + 1;
  if (!(count >= 1 && count <= MOST_SEEDS)) {
    throw new UsageError(`--seeds: expected a range of 1 to ${MOST_SEEDS} seeds such as 0..4, got "${word}"`);
  }
  return Array.from({ length: count }, (_, offset) => first + offset);
}

/** Says what runs that differ in their seeds come to together. */
export function printSeeds(runs: readonly FinishedRun[], output: Output): void {
  const [{ summary }] = runs;
  const { accuracies, statistics, report } = seedsResult(runs);
  const { mean, standardDeviation, interval } = statistics;
  output.heading(`Test accuracy of ${summary.model.name} over ${runs.length} seeds`);
  output.lines(runs.map(({ summary: { seed } }, i) => `seed ${seed}  ${formatPercent(accuracies[i])}`));
  output.line(
    `95 % interval of the mean, by Student's t: ${formatPercent(interval.low)} to ${formatPercent(interval.high)}`,
  );
  if (report !== undefined) {
    output.line(
      `the report's ${formatPercent(report.accuracy)}: ${report.reached} of ${runs.length} seeds reach it; ` +
        `one more would with a probability of ${formatPercent(report.chance)}`,
    );
  }
  output.conclusion(
    `${summary.model.name}: mean ${formatPercent(mean)}, standard deviation ${formatPercent(standardDeviation)}, ${runs.length} seeds`,
  );
}

/** The same, for a program. */
export function seedsResult(runs: readonly FinishedRun[]) {
  const accuracies = runs.map(({ summary: { test } }) => test?.accuracy ?? NaN);
  const statistics = describeSample(accuracies);
  const [{ summary }] = runs;
  const { model, dataset, testAccuracy } = ORIGINAL_REPORT;
  const isReport = summary.model.name === model.value && summary.dataset.name === dataset.value;
  return {
    runs: runs.map(({ folder, summary }) => ({ folder, ...summary })),
    accuracies,
    statistics,
    report: isReport
      ? {
          accuracy: testAccuracy.value,
          reached: accuracies.filter((accuracy) => accuracy >= testAccuracy.value).length,
          chance: chanceToReach(testAccuracy.value, statistics),
        }
      : undefined,
  };
}
