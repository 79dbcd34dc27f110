import { join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { formatPercent, formatPlural } from '../../core/format.js';
import { summarizeSeeds } from '../../runs/seeds.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import { RESUME_FILE } from '../../runs/runFiles.js';
import { kindOf } from '../../platform/files.js';
import type { Config } from '../../train/config.js';
import { modelNameOf } from '../../train/openModel.js';
import type { Output } from './output.js';

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
    diverged.length === 0 ? '' : `; ${diverged.length} diverged: ${listSeeds(diverged)}`,
    failed.length === 0 ? '' : `; ${failed.length} failed: ${listSeeds(failed)}`,
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

/** @throws {InklingError} that names the seeds whose training failed, if any did */
export function assertNoneFailed(runs: readonly FinishedRun[]): void {
  const { diverged, failed } = summarizeSeeds(runs);
  if (diverged.length + failed.length === 0) return;
  const [{ summary }] = runs;
  const total = formatPlural(runs.length, 'run');
  const parts = [
    ...(diverged.length === 0
      ? []
      : [
          `${diverged.length} of ${total} diverged (${listSeeds(diverged)}); lower the learning rate (--lr), or clip the gradients (--clip-norm)`,
        ]),
    ...(failed.length === 0
      ? []
      : [`${failed.length} of ${total} failed (${listSeeds(failed)}): ${errorOf(failed[0], runs)}`]),
  ];
  throw new InklingError(`${summary.model.name}: ${parts.join('; ')}`);
}

function errorOf(seed: number, runs: readonly FinishedRun[]): string {
  return runs.find(({ summary }) => summary.seed === seed)?.summary.error ?? '';
}

/**
 * @param begun the folder of each run that was begun, by its seed
 * @throws {InklingError} that says how to go on, if runs were interrupted
 */
export function assertSeedsEnded(
  runs: readonly FinishedRun[],
  { model }: Config,
  seeds: readonly number[],
  begun: ReadonlyMap<number, string>,
): void {
  const ended = new Set(runs.filter((run) => !isInterrupted(run)).map(({ summary }) => summary.seed));
  if (ended.size === seeds.length) return;
  const left = seeds.filter((seed) => !ended.has(seed));
  const canResume = (seed: number) => kindOf(join(begun.get(seed) ?? '', RESUME_FILE)) === 'file';
  const commands = left
    .filter(canResume)
    .map((seed) => `; to resume seed ${seed}, run "inkling train --resume ${begun.get(seed) ?? ''}"`);
  const others = left.filter((seed) => !canResume(seed));
  const rest = others.length === 0 ? '' : `; without a completed epoch: ${listSeeds(others)}`;
  throw new InklingError(
    `${modelNameOf(model)}: interrupted after ${ended.size} of ${formatPlural(seeds.length, 'run')}${commands.join('')}${rest}`,
  );
}

function isInterrupted({ summary }: FinishedRun): boolean {
  return summary.stopReason === 'interrupted';
}

/** `seed 3`, `seeds 3, 5` */
function listSeeds(seeds: readonly number[]): string {
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${seeds.join(', ')}`;
}
