import type { FinishedRun, RunHooks } from '../../runs/conductRun.js';
import { isFinished } from '../../runs/readRun.js';
import type { Io } from '../io.js';
import type { Output } from './output.js';
import { RunReporter } from './progress.js';
import { describeTest, describeValidation, printRunEnd } from './results.js';

/** Where a training command prints, and what it records about its origin. */
export interface TrainingContext {
  readonly io: Io;
  readonly output: Output;
  readonly commandLine: string;
  readonly note?: string | undefined;
}

/** Trains a run, and prints its progress and its results. */
export async function printTraining(
  { io, output, commandLine, note }: TrainingContext,
  train: (hooks: RunHooks) => Promise<FinishedRun>,
): Promise<FinishedRun> {
  const reporter = new RunReporter(output);
  try {
    const { onEvent } = reporter;
    const run = await io.interruptible((signal) => train({ onEvent, signal, command: commandLine, note }));
    printResult(run, output);
    return run;
  } finally {
    reporter.close();
  }
}

/**
 * Prints the results of a run that has ended.
 *
 * @param name what distinguishes it from others
 */
export function printResult(run: FinishedRun, output: Output, name = `seed ${run.summary.seed}`): void {
  printRunEnd(run, output);
  const { model, test, best, stopReason, error } = run.summary;
  if (stopReason === 'diverged' || stopReason === 'failed')
    output.conclusion(`${model.name}, ${name}: ${error ?? stopReason}; ${run.folder}`);
  if (test) output.conclusion(`${model.name}: ${describeTest(test)}; ${run.folder}`);
  else if (best && isFinished(stopReason))
    output.conclusion(`${model.name}, ${name}: ${describeValidation(best)}; ${run.folder}`);
}
