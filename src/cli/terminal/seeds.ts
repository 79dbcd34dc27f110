import { InklingError } from '../../core/errors.js';
import { formatPercent, formatPlural } from '../../core/format.js';
import { summarizeSeeds } from '../../runs/seeds.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import type { Output } from './output.js';

/** Prints the test accuracies of several seeds and their statistics. */
export function printSeeds(runs: readonly FinishedRun[], output: Output): void {
  const [{ summary }] = runs;
  const { name } = summary.model;
  const { statistics, report, diverged } = summarizeSeeds(runs);
  output.heading(`Test accuracy of ${name} over ${runs.length} seeds`);
  output.lines(
    runs.map(
      ({ summary: { seed, test, stopReason } }) =>
        `seed ${seed}  ${test ? `${formatPercent(test.accuracy)}, macro F1 ${formatPercent(test.macroF1)}` : stopReason}`,
    ),
  );
  const failed = diverged.length === 0 ? '' : `; ${diverged.length} diverged: ${listSeeds(diverged)}`;
  if (statistics === undefined) {
    output.conclusion(`${name}: no statistics, which require at least 2 test accuracies${failed}`);
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
    `${name}: mean ${formatPercent(mean)}, standard deviation ${formatPercent(standardDeviation)}, ${formatPlural(count, 'seed')}${failed}`,
  );
}

/** @throws {InklingError} that names the seeds that diverged, if any did */
export function assertNoneDiverged(runs: readonly FinishedRun[]): void {
  const failed = runs.filter(({ summary }) => summary.stopReason === 'diverged');
  if (failed.length === 0) return;
  const [{ summary }] = failed;
  throw new InklingError(
    `${summary.model.name}: ${failed.length} of ${formatPlural(runs.length, 'run')} diverged (${listSeeds(failed.map((run) => run.summary.seed))}); ` +
      'lower the learning rate (--lr), or clip the gradients (--clip-norm)',
  );
}

/** `seed 3`, `seeds 3, 5` */
function listSeeds(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}
