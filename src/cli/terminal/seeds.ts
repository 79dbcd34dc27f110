import { formatPercent } from '../../core/format.js';
import { summarizeSeeds } from '../../runs/seeds.js';
import type { FinishedRun } from '../../runs/trainRun.js';
import type { Output } from './output.js';

/** Prints the test accuracies of several seeds and their statistics. */
export function printSeeds(runs: readonly FinishedRun[], output: Output): void {
  const [{ summary }] = runs;
  const { accuracies, statistics, report } = summarizeSeeds(runs);
  const { mean, standardDeviation, interval } = statistics;
  output.heading(`Test accuracy of ${summary.model.name} over ${runs.length} seeds`);
  output.lines(runs.map(({ summary: { seed } }, i) => `seed ${seed}  ${formatPercent(accuracies[i])}`));
  output.line(
    `95 % confidence interval of the mean (Student's t): ${formatPercent(interval.low)} to ${formatPercent(interval.high)}`,
  );
  if (report !== undefined) {
    output.line(
      `${report.reached} of ${runs.length} seeds reach the report's ${formatPercent(report.accuracy)}; ` +
        `the estimated probability that another seed reaches it is ${formatPercent(report.chance)}`,
    );
  }
  output.conclusion(
    `${summary.model.name}: mean ${formatPercent(mean)}, standard deviation ${formatPercent(standardDeviation)}, ${runs.length} seeds`,
  );
}
