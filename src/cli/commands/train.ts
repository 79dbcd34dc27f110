import type { Command } from 'commander';
import type { Dataset } from '../../data/dataset.js';
import { preset } from '../../models/presets.js';
import type { Config } from '../../train/config.js';
import { type FinishedRun, trainRun } from '../../train/run.js';
import { describeDataset, openDataset } from '../datasets.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  allSettings,
  configFrom,
  outputOptionsFrom,
} from '../flags.js';
import type { Io } from '../io.js';
import { Output } from '../output.js';
import { RunReporter } from '../progress.js';
import { assertNotInterrupted, describeTest, printRunEnd } from '../results.js';

export function addTrain(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('train')
    .description('Train one network, test it, and keep everything in a run folder.');
  addSettings(command, allSettings);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling train', "the report's network on MNIST"],
    ['inkling train --model mlp --epochs 10', 'the comparison, for longer'],
    ['inkling train --dataset ./fashion --lr 0.0005', 'on four IDX files of your own'],
  ]);
  command.action(async () => {
    const config = configFrom(command, allSettings);
    assertKnownModel(config.model);
    const output = new Output(io, outputOptionsFrom(command));
    const dataset = await openDataset(config, io, output);
    output.lines(describeDataset(dataset, config.splitSeed));
    output.line();
    const run = await trainWithReport(config, dataset, { io, output, commandLine });
    output.result({ folder: run.folder, ...run.summary });
    assertNotInterrupted(run, config.epochs);
  });
}

/** What a training command says, and where. */
export interface TrainingContext {
  readonly io: Io;
  readonly output: Output;
  readonly commandLine: string;
  readonly note?: string | undefined;
}

/** Trains one network and says how it goes on and ends. */
export async function trainWithReport(
  config: Config,
  dataset: Dataset,
  { io, output, commandLine, note }: TrainingContext,
): Promise<FinishedRun> {
  const reporter = new RunReporter(output);
  try {
    const { onEvent } = reporter;
    const run = await trainRun(config, dataset, { onEvent, signal: io.signal, command: commandLine, note });
    printRunEnd(run, output);
    const { test } = run.summary;
    if (test) output.conclusion(`${config.model}: ${describeTest(test)}; ${run.folder}`);
    return run;
  } finally {
    reporter.close();
  }
}

/** An unknown model is told before a data set is downloaded for it; any image will do for that. */
function assertKnownModel(name: string): void {
  preset(name, { input: [28, 28, 1], classes: 10 });
}
