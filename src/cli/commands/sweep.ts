import type { Command } from 'commander';
import { InklingError, UsageError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { parseWrittenJson } from '../../core/json.js';
import type { Dataset } from '../../data/dataset.js';
import { readBytes } from '../../platform/files.js';
import { countEnded } from '../../sweep/formatSweep.js';
import { chooseTrialParallelism } from '../../sweep/parallelism.js';
import { createSweep, planSweep, sweepData } from '../../sweep/planSweep.js';
import { withoutPasswords } from '../../sweep/queue/bull/connection.js';
import { bullQueue, checkQueue } from '../../sweep/queue/bullQueue.js';
import { runSweep } from '../../sweep/runSweep.js';
import { readSweep, resolveSweepFolder, stateOfSweep, type SweepRecord } from '../../sweep/sweepFolder.js';
import { flagNameOf } from '../arguments/flagNames.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
  settingsFrom,
} from '../arguments/flags.js';
import { allSettings, FOLD_SETTINGS } from '../../train/settings/names.js';
import { addStartingFlags, startingSourcesFrom } from '../arguments/startingConfig.js';
import { addSweepFlags, type SweepFlags } from '../arguments/sweepFlags.js';
import type { Io } from '../io.js';
import { openDataset } from '../openDataset.js';
import { describeDataset } from '../terminal/dataset.js';
import { Output } from '../terminal/output.js';
import { LoadReporter } from '../terminal/progress.js';
import { printReport } from '../terminal/report.js';
import { describeParallelism } from '../terminal/parallelism.js';
import { describeProgress, describeTrial, printBest, sweepJson } from '../terminal/sweep.js';
import { describeSeedRun } from '../terminal/sweepFinalists.js';
import { addSweepShow } from './sweepShow.js';

/** A space file has a line for each setting. */
const MAX_SPACE_BYTES = 2 ** 20;

interface Context {
  readonly io: Io;
  readonly output: Output;
  readonly commandLine: string;
  /** The URL of a queue. */
  readonly queue: string | undefined;
}

export function addSweep(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('sweep')
    .description(
      'Search for the best hyperparameters: train trials with settings from a space, rank them by their validation, and score the best one on the test images.',
    )
    .argument(
      '[FILE]',
      'JSON file with the settings that vary, such as {"learningRate": {"float": [1e-4, 1e-1], "log": true}}; see docs/sweeps.md',
    );
  addSweepFlags(command);
  addSweepShow(command.helpCommand(false), io);
  addSettings(
    command,
    allSettings.filter((setting) => !FOLD_SETTINGS.includes(setting)),
  );
  addStartingFlags(command);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling sweep space.json --trials 60', 'vary the settings in a file'],
    ['inkling sweep space.json --epochs 20', 'with this for all trials'],
    ['inkling sweep space.json --recipe best', 'with a recipe as base'],
    ['inkling sweep space.json --seeds 5', 'compare the best with 5 seeds'],
    ['inkling sweep space.json --report', 'and create a report'],
    ['inkling sweep space.json --sampler grid', 'train all combinations'],
    ['inkling sweep space.json --parallel 4', 'train 4 at the same time'],
    ['inkling sweep --resume sweep-mnist-1', 'continue an interrupted sweep'],
    ['inkling sweep space.json --study journal.log', 'continue an Optuna study'],
    ['inkling sweep space.json --queue redis://gpu-1', 'on several machines'],
  ]);
  command.action(async (file: string | undefined) => {
    const output = new Output(io, outputOptionsFrom(command));
    const { resume, queue } = command.opts<SweepFlags>();
    const context = { io, output, commandLine: withoutPasswords(commandLine), queue };
    if ((file === undefined) === (resume === undefined)) {
      throw new UsageError(
        `sweep: expected a space file or --resume, got ${file === undefined ? 'neither' : 'both'}; see inkling sweep --help`,
      );
    }
    await (file === undefined ? resumeSweep(command, context) : startSweep(file, command, context));
  });
}

async function startSweep(file: string, command: Command, context: Context): Promise<void> {
  const { io, output } = context;
  const { trials, parallel, seeds, sampler, pruner, study, report } = command.opts<SweepFlags>();
  const plan = planSweep({
    space: parseWrittenJson(new TextDecoder().decode(readBytes(file, MAX_SPACE_BYTES)), file),
    who: file,
    settings: settingsFrom(command, allSettings),
    trials,
    seeds,
    sampler,
    pruner,
    study,
    ...startingSourcesFrom(command),
    nameOf: (setting) => `--${flagNameOf(setting)}`,
  });
  await checkQueue(context.queue);
  const dataset = await openDataset(plan.config, io, output, { model: plan.model });
  output.lines(describeDataset(dataset, plan.config));
  const folder = createSweep(plan, dataset);
  output.line(`sweep ${folder}: ${formatPlural(plan.target, 'trial')}, sampler ${sampler}, pruner ${pruner}`);
  if (plan.study !== undefined) {
    output.line(`continues ${study} after ${formatPlural(plan.study.trials, 'trial')}`);
  }
  await conduct(folder, dataset, { parallel, report }, context);
}

async function resumeSweep(command: Command, context: Context): Promise<void> {
  const { io, output } = context;
  const { resume = '', runDir, trials, parallel, seeds, report } = command.opts<SweepFlags>();
  const given = settingsFrom(command, allSettings);
  const changed = allSettings.find((setting) => Object.hasOwn(given, setting) && setting !== 'runDir');
  if (changed !== undefined) {
    throw new UsageError(
      `--${flagNameOf(changed)}: cannot be changed when a sweep is resumed; leave it out, or start a new sweep`,
    );
  }
  const folder = resolveSweepFolder(resume, runDir);
  const sweep = readSweep(folder);
  assertSameSeeds(sweep, seeds);
  const { config, model } = sweepData(sweep);
  await checkQueue(context.queue);
  const dataset = await openDataset(config, io, output, { model });
  output.line(`resuming ${folder} after ${formatPlural(countEnded(sweep.trials), 'trial')}`);
  await conduct(folder, dataset, { trials, parallel, report }, context);
}

/** Seeds that are added until there is a winner would name one that is not. */
function assertSameSeeds({ definition }: SweepRecord, seeds: number | undefined): void {
  const planned = Math.max(1, definition.seeds?.length ?? 0);
  if (seeds === undefined || seeds === planned) return;
  throw new UsageError(
    `--seeds: expected ${planned}, with which the sweep was started, since its conclusion would not be valid if more were added afterwards, got ${seeds}; leave it out, or start a new sweep`,
  );
}

async function conduct(
  folder: string,
  dataset: Dataset,
  { trials, parallel, report }: Pick<SweepFlags, 'trials' | 'parallel' | 'report'>,
  { io, output, commandLine, queue }: Context,
): Promise<void> {
  const loading = new LoadReporter(output);
  const before = readSweep(folder);
  const { direction } = before;
  const parallelism =
    queue === undefined
      ? chooseTrialParallelism(before, dataset, { asked: parallel, target: trials })
      : undefined;
  if (parallelism !== undefined) output.line(describeParallelism(parallelism, 'trial'));
  output.line();
  const notify = (line: string): void => {
    loading.close();
    output.line(line);
  };
  try {
    const sweep = await io.interruptible((signal) =>
      runSweep(folder, dataset, {
        command: commandLine,
        signal,
        trials,
        parallel: parallelism?.runs,
        onDownload: loading.onDownload,
        openQueue:
          queue === undefined ? undefined : (execution) => bullQueue(execution, { url: queue, notify }),
        onTrial(trial, best) {
          loading.close();
          output.line(describeTrial(trial, best, direction));
        },
        onSeedRun(run) {
          output.line(describeSeedRun(run, direction));
        },
      }),
    );
    output.line();
    printBest(sweep, output);
    const state = stateOfSweep(sweep);
    output.result(sweepJson(sweep, state));
    if (state === 'done') {
      if (report === true) await printSweepReport(folder, output);
      else output.line(`to create a report, run: inkling report ${folder}`);
      return;
    }
    throw new InklingError(
      `sweep: interrupted after ${describeProgress(sweep)}; to resume, run "inkling sweep --resume ${folder}"`,
    );
  } finally {
    loading.close();
  }
}

async function printSweepReport(folder: string, output: Output): Promise<void> {
  // Loading the charts takes a moment, which training should not wait for.
  const { writeSweepReport } = await import('../../report/write.js');
  printReport(await writeSweepReport(folder, folder), output);
}
