import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import type { ResumePoint } from '../../runs/resume.js';
import { summarizeSeeds } from '../../runs/seeds.js';
import { checkModel, inputOf } from '../../runs/startingConfig.js';
import { withoutPasswords } from '../../sweep/queue/bull/connection.js';
import { checkQueue } from '../../sweep/queue/bullQueue.js';
import { resumeRun } from '../../runs/trainRun.js';
import { addAugmentHelp } from '../arguments/augmentHelp.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import { allSettings } from '../../train/settings/names.js';
import { addResumeFlag, resumePointFrom } from '../arguments/resume.js';
import { addSeedsFlags, seedsFrom } from '../arguments/seeds.js';
import { addTrainLimitsFlag, trainLimitsFrom } from '../arguments/trainLimits.js';
import { addStartingFlags, startingConfigFrom } from '../arguments/startingConfig.js';
import type { Io } from '../io.js';
import { openDataset } from '../openDataset.js';
import { describeDataset } from '../terminal/dataset.js';
import { crossValidateAndPrint } from '../terminal/foldTraining.js';
import { trainLimitsAndPrint } from '../terminal/limitedTraining.js';
import { Output } from '../terminal/output.js';
import { SEEDS } from '../terminal/seeds.js';
import { assertNoneFailed } from '../terminal/series.js';
import { trainAndPrint } from '../terminal/seedTraining.js';
import { assertNotInterrupted } from '../terminal/results.js';
import { printTraining, type TrainingContext } from '../terminal/training.js';

export function addTrain(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('train')
    .description('Train a model, evaluate it on the test images, and save everything in a run folder.');
  addSettings(command, allSettings);
  addStartingFlags(command);
  addResumeFlag(command);
  addSeedsFlags(command);
  addTrainLimitsFlag(command);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling train', "the report's model on MNIST"],
    ['inkling train --model mlp --epochs 10', 'another preset, for longer'],
    ['inkling train --model my-net.json', 'train your own architecture'],
    ['inkling train --seeds 0..4', 'five runs with statistics'],
    ['inkling train --folds 5', 'cross-validate with five folds'],
    ['inkling train --train-limits 500,1000,2000', 'learning curve'],
    ['inkling train --dataset ./pets', 'use a folder of images'],
    ['inkling train --augment shift=2,rotate=10', 'augment the training images'],
    ['inkling train --init-from a-1 --freeze layer1', 'fine-tune a trained model'],
    ['inkling train --resume a-1 --epochs 9', 'resume a run, for longer'],
    ['inkling train --recipe best --epochs 30', 'override a setting of a recipe'],
    ['inkling train --config runs/a-1/config.json', "use another run's settings"],
  ]);
  addAugmentHelp(command);
  command.action(async () => {
    const output = new Output(io, outputOptionsFrom(command));
    const context = { io, output, commandLine: withoutPasswords(commandLine) };
    const point = resumePointFrom(command, allSettings);
    await (point ? resume(point, context) : train(command, context));
  });
}

async function train(command: Command, context: TrainingContext): Promise<void> {
  const { io, output } = context;
  const { preliminary, complete } = startingConfigFrom(command, allSettings);
  await checkQueue(command.opts<{ queue?: string }>().queue);
  const dataset = await openDataset(preliminary, io, output, { model: checkModel(preliminary) });
  const config = complete(dataset.shape);
  const options = seedsFrom(command, config);
  output.lines(describeDataset(dataset, config));
  output.line();
  const { folds, fold } = config;
  const limits = trainLimitsFrom(command);
  if (limits !== undefined && folds !== undefined) {
    throw new UsageError(
      '--train-limits: cannot be used with folds, whose runs are not tested; leave one of them out',
    );
  }
  if (folds !== undefined && fold === undefined && options.seeds.length === 1) {
    return crossValidateAndPrint(config, options, dataset, context);
  }
  if (limits !== undefined) return trainLimitsAndPrint(config, limits, options, dataset, context);
  const runs = await trainAndPrint(config, options, dataset, context);
  const [run] = runs;
  output.result(options.seeds.length === 1 ? { folder: run.folder, ...run.summary } : summarizeSeeds(runs));
  assertNotInterrupted(run, config.epochs);
  assertNoneFailed(runs, SEEDS);
  if (runs.length === 1) printReportHint(run, output);
}

async function resume(point: ResumePoint, context: TrainingContext): Promise<void> {
  const { io, output } = context;
  const { config } = point;
  const { initFrom, backbone, weights } = config;
  const model = (initFrom ?? backbone ?? weights) === undefined ? undefined : inputOf(point.definition);
  const dataset = await openDataset(config, io, output, { model });
  // A run without a record of its split was split at random.
  output.lines(describeDataset(dataset, { ...config, split: config.split ?? 'random' }));
  output.line();
  const run = await printTraining(context, (hooks) => resumeRun(point, dataset, hooks));
  output.result({ folder: run.folder, ...run.summary });
  assertNotInterrupted(run, config.epochs);
  printReportHint(run, output);
}

function printReportHint({ folder, summary }: FinishedRun, output: Output): void {
  if (summary.test !== undefined) output.line(`to create a report, run: inkling report ${folder}`);
}
