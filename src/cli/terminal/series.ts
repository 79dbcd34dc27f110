import { join } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { kindOf } from '../../platform/files.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import { RESUME_FILE } from '../../runs/runFiles.js';
import type { StopReason } from '../../runs/runSummary.js';
import type { SeriesHooks } from '../../sweep/trainRuns.js';
import type { Config } from '../../train/config.js';
import { modelNameOf } from '../../train/openModel.js';

/** Several runs that differ in a number. */
export interface Series<Run extends FinishedRun> {
  /** What the number is. */
  readonly what: 'seed' | 'fold';
  /** In the order of the runs. */
  readonly numbers: readonly number[];
  readonly numberOf: (run: Run) => number;
  readonly train: (hooks: SeriesHooks<Run>) => Promise<Run[]>;
}

/** `seed 3`, `seeds 3, 5` */
export function listNumbers(what: Series<FinishedRun>['what'], numbers: readonly number[]): string {
  return `${numbers.length === 1 ? what : `${what}s`} ${numbers.join(', ')}`;
}

/**
 * @param begun the folder of each run that was begun, by its number
 * @throws {InklingError} that says how to go on, if runs were interrupted
 */
export function assertEnded<Run extends FinishedRun>(
  runs: readonly Run[],
  { what, numbers, numberOf }: Series<Run>,
  { model }: Config,
  begun: ReadonlyMap<number, string>,
): void {
  const ended = new Set(runs.filter((run) => run.summary.stopReason !== 'interrupted').map(numberOf));
  if (ended.size === numbers.length) return;
  const left = numbers.filter((number) => !ended.has(number));
  const canResume = (number: number) => kindOf(join(begun.get(number) ?? '', RESUME_FILE)) === 'file';
  const commands = left
    .filter(canResume)
    .map(
      (number) => `; to resume ${what} ${number}, run "inkling train --resume ${begun.get(number) ?? ''}"`,
    );
  const others = left.filter((number) => !canResume(number));
  const rest = others.length === 0 ? '' : `; without a completed epoch: ${listNumbers(what, others)}`;
  throw new InklingError(
    `${modelNameOf(model)}: interrupted after ${ended.size} of ${formatPlural(numbers.length, 'run')}${commands.join('')}${rest}`,
  );
}

/** @throws {InklingError} that names the runs that failed, if any did */
export function assertNoneFailed<Run extends FinishedRun>(
  runs: readonly Run[],
  { what, numberOf }: Pick<Series<Run>, 'what' | 'numberOf'>,
): void {
  const thatEnded = (reason: StopReason) => runs.filter(({ summary }) => summary.stopReason === reason);
  const [diverged, failed] = [thatEnded('diverged'), thatEnded('failed')];
  if (diverged.length + failed.length === 0) return;
  const total = formatPlural(runs.length, 'run');
  const parts = [
    ...(diverged.length === 0
      ? []
      : [
          `${diverged.length} of ${total} diverged (${listNumbers(what, diverged.map(numberOf))}); lower the learning rate (--lr), or clip the gradients (--clip-norm)`,
        ]),
    ...(failed.length === 0
      ? []
      : [
          `${failed.length} of ${total} failed (${listNumbers(what, failed.map(numberOf))}): ${failed[0].summary.error ?? ''}`,
        ]),
  ];
  throw new InklingError(`${runs[0].summary.model.name}: ${parts.join('; ')}`);
}
