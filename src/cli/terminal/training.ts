import type { FinishedRun, RunHooks } from '../../runs/conductRun.js';
import type { Io } from '../io.js';
import type { Output } from './output.js';
import { RunReporter } from './progress.js';
import { describeTest, printRunEnd } from './results.js';

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

/** Prints the results of a run that has ended. */
export function printResult(run: FinishedRun, output: Output): void {
  printRunEnd(run, output);
  const { model, test, seed, stopReason, error } = run.summary;
  if (stopReason === 'diverged' || stopReason === 'failed')
    output.conclusion(`${model.name}, seed ${seed}: ${error ?? stopReason}; ${run.folder}`);
  if (test) output.conclusion(`${model.name}: ${describeTest(test)}; ${run.folder}`);
}
