import type { Command } from 'commander';
import type { Dataset } from '../../data/dataset.js';
import { kindOf } from '../../platform/files.js';
import { readSavedModel } from '../../predict/load.js';
import { type Config, parseConfig, type PartialConfig } from '../../train/config.js';
import { frozenParameters } from '../../train/fineTune.js';
import { resolveModel } from '../../models/resolve.js';
import { assertKnownModel } from '../../train/openModel.js';
import type { ResumePoint } from '../../runs/resume.js';
import { type FinishedRun, resumeRun, type RunHooks, trainRun } from '../../runs/trainRun.js';
import { addAugmentHelp } from '../arguments/augmentHelp.js';
import { describeDataset, openDataset } from '../datasets.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  allSettings,
  outputOptionsFrom,
  settingsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { RunReporter } from '../terminal/progress.js';
import { addResumeFlag, resumePointFrom } from '../arguments/resume.js';
import { assertNotInterrupted, describeTest, printRunEnd } from '../terminal/results.js';
import { resolveRunFolder } from '../../runs/resolveModel.js';
import { addSeedsFlag, printSeeds, seedsFrom, seedsResult } from '../seeds.js';
import { addStartingPoint, startFrom } from '../arguments/startingPoint.js';

export function addTrain(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('train')
    .description('Train one network, test it, and keep everything in a run folder.');
  addSettings(command, allSettings);
  addStartingPoint(command);
  addResumeFlag(command);
  addSeedsFlag(command);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling train', "the report's network on MNIST"],
    ['inkling train --model mlp --epochs 10', 'the comparison, for longer'],
    ['inkling train --model my-net.json', 'a network of your own'],
    ['inkling train --seeds 0..4', 'five times, with statistics'],
    ['inkling train --dataset ./pets', 'on pictures, a folder a class'],
    ['inkling train --augment shift=2,rotate=10', 'on changing images'],
    ['inkling train --init-from a-1 --freeze layer1', 'go on from a network'],
    ['inkling train --resume a-1 --epochs 9', 'a run goes on, here for longer'],
    ['inkling train --recipe best --epochs 30', 'a recipe, with a change'],
    ['inkling train --config runs/a-1/config.json', 'another run again'],
  ]);
  addAugmentHelp(command);
  command.action(async () => {
    const output = new Output(io, outputOptionsFrom(command));
    const point = resumePointFrom(command, allSettings);
    if (point) return resumeWithReport(point, { io, output, commandLine });
    const named = settingsFrom(command, allSettings);
    const { asked, complete } = startFrom(command, withInitFolder(named));
    const start = asked.initFrom === undefined ? undefined : readSavedModel(asked.initFrom).model;
    if (start === undefined) assertKnownModel(asked.model);
    else frozenParameters(resolveModel(start), asked.freeze ?? []);
    const dataset = await openDataset(asked, io, output, start && { input: start.input });
    const config = complete(dataset.shape);
    const seeds = seedsFrom(command, config);
    output.lines(describeDataset(dataset, config.splitSeed));
    output.line();
    const runs = await trainSeeds(config, seeds, dataset, { io, output, commandLine });
    const [{ folder, summary }] = runs;
    if (seeds.length === 1) output.result({ folder, ...summary });
    assertNotInterrupted(runs[runs.length - 1], config.epochs);
    if (seeds.length > 1) output.result(seedsResult(runs));
    else output.line(`its report: inkling report ${folder}`);
  });
}

/** Goes on with a run and says what it comes to. */
async function resumeWithReport(point: ResumePoint, context: TrainingContext): Promise<void> {
  const { io, output } = context;
  const { config } = point;
  const { input } = point.best.model;
  const dataset = await openDataset(
    config,
    io,
    output,
    config.initFrom === undefined ? undefined : { input },
  );
  output.lines(describeDataset(dataset, config.splitSeed));
  output.line();
  const run = await withReport(context, (hooks) => resumeRun(point, dataset, hooks));
  output.result({ folder: run.folder, ...run.summary });
  assertNotInterrupted(run, config.epochs);
  output.line(`its report: inkling report ${run.folder}`);
}

/** What a training command says, and where. */
export interface TrainingContext {
  readonly io: Io;
  readonly output: Output;
  readonly commandLine: string;
  readonly note?: string | undefined;
}

/** Has a network trained and says how it goes on and ends. */
async function withReport(
  { io, output, commandLine, note }: TrainingContext,
  train: (hooks: RunHooks) => Promise<FinishedRun>,
): Promise<FinishedRun> {
  const reporter = new RunReporter(output);
  try {
    const { onEvent } = reporter;
    const run = await train({ onEvent, signal: io.signal, command: commandLine, note });
    printRunEnd(run, output);
    const { test } = run.summary;
    if (test) output.conclusion(`${run.summary.model.name}: ${describeTest(test)}; ${run.folder}`);
    return run;
  } finally {
    reporter.close();
  }
}

/**
 * Trains one network once a seed, one behind the other, and says what they come to together. Stops behind a run that was
 * interrupted.
 */
export async function trainSeeds(
  config: Config,
  seeds: readonly number[],
  dataset: Dataset,
  context: TrainingContext,
): Promise<FinishedRun[]> {
  const { output } = context;
  const runs: FinishedRun[] = [];
  for (const seed of seeds) {
    if (runs.length > 0) output.line();
    const settings = { ...config, seed };
    const run = await withReport(context, (hooks) => trainRun(settings, dataset, hooks));
    runs.push(run);
    if (run.summary.stopReason === 'interrupted') return runs;
  }
  if (runs.length > 1) {
    output.line();
    printSeeds(runs, output);
  }
  return runs;
}

/** The network to start from may be named as runs are. */
function withInitFolder(named: PartialConfig): PartialConfig {
  const { initFrom, runDir = parseConfig({}).runDir } = named;
  if (initFrom === undefined || kindOf(initFrom) === 'file') return named;
  return { ...named, initFrom: resolveRunFolder(initFrom, runDir) };
}
