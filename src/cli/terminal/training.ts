import type { Dataset } from '../../data/dataset.js';
import { trainSeeds } from '../../runs/seeds.js';
import type { FinishedRun, RunHooks } from '../../runs/conductRun.js';
import type { Config } from '../../train/config.js';
import type { Io } from '../io.js';
import type { Output } from './output.js';
import { LoadReporter, RunReporter } from './progress.js';
import { describeTest, printRunEnd } from './results.js';
import { printSeeds } from './seeds.js';

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

/** Trains one run per seed, and prints the progress and results of each, and the statistics of several. */
export async function trainAndPrint(
  config: Config,
  seeds: readonly number[],
  dataset: Dataset,
  { io, output, commandLine, note }: TrainingContext,
): Promise<FinishedRun[]> {
  const reporter = new RunReporter(output);
  const loading = new LoadReporter(output);
  try {
    const runs = await io.interruptible((signal) =>
      trainSeeds(config, seeds, dataset, {
        onEvent: (event) => {
          loading.close();
          reporter.onEvent(event);
        },
        onDownload: loading.onDownload,
        signal,
        command: commandLine,
        note,
        onRunStart: (seed) => {
          if (seed !== seeds[0]) output.line();
        },
        onRunEnd: (run) => {
          printResult(run, output);
        },
      }),
    );
    if (seeds.length > 1 && runs.length === seeds.length && runs.every(isComplete)) {
      output.line();
      printSeeds(runs, output);
    }
    return runs;
  } finally {
    loading.close();
    reporter.close();
  }
}

function isComplete({ summary }: FinishedRun): boolean {
  return summary.stopReason !== 'interrupted';
}

function printResult(run: FinishedRun, output: Output): void {
  printRunEnd(run, output);
  const { model, test, seed, stopReason, error } = run.summary;
  if (stopReason === 'diverged')
    output.conclusion(`${model.name}, seed ${seed}: ${error ?? stopReason}; ${run.folder}`);
  if (test) output.conclusion(`${model.name}: ${describeTest(test)}; ${run.folder}`);
}
