import { formatPercent, formatPlural } from '../../core/format.js';
import { summarizeSeeds } from '../../runs/seeds.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import type { Output } from './output.js';
import { listNumbers } from './series.js';

/** What several seeds are called. */
export const SEEDS = {
  what: 'seed',
  numberOf: ({ summary }: FinishedRun) => summary.seed,
} as const;

/** Prints the test accuracies of several seeds and their statistics. */
export function printSeeds(runs: readonly FinishedRun[], output: Output): void {
  const [{ summary }] = runs;
  const { name } = summary.model;
  const { statistics, report, diverged, failed } = summarizeSeeds(runs);
  output.heading(`Test accuracy of ${name} over ${runs.length} seeds`);
  output.lines(
    runs.map(
      ({ summary: { seed, test, stopReason } }) =>
        `seed ${seed}  ${test ? `${formatPercent(test.accuracy)}, macro F1 ${formatPercent(test.macroF1)}` : stopReason}`,
    ),
  );
  const others = [
    diverged.length === 0 ? '' : `; ${diverged.length} diverged: ${listNumbers('seed', diverged)}`,
    failed.length === 0 ? '' : `; ${failed.length} failed: ${listNumbers('seed', failed)}`,
  ].join('');
  if (statistics === undefined) {
    output.conclusion(`${name}: no statistics, which require at least 2 test accuracies${others}`);
    return;
  }
  const { mean, standardDeviation, interval, count } = statistics;
  output.line(
    `95 % confidence interval of the mean (Student's t): ${formatPercent(interval.low)} to ${formatPercent(interval.high)}`,
  );
  if (report !== undefined) {
    output.line(
      `${report.reached} of ${count} seeds reach the report's ${formatPercent(report.accuracy)}; ` +
        `the estimated probability that another seed reaches it is ${formatPercent(report.chance)}`,
    );
  }
  output.conclusion(
    `${name}: mean ${formatPercent(mean)}, standard deviation ${formatPercent(standardDeviation)}, ${formatPlural(count, 'seed')}${others}`,
  );
}
