import { type Command, Option } from 'commander';
import * as z from 'zod';
import { UsageError } from '../../core/errors.js';
import type { Model } from '../../models/model.js';
import { describePreset, designOf, optionsOf, presetNames } from '../../models/presets.js';
import { resolveModel } from '../../models/resolve.js';
import { summarize } from '../../models/summary.js';
import { formatPlan } from '../../plan/print.js';
import { readSavedModel } from '../../predict/load.js';
import { namesTrainedModel, resolveModelPath } from '../../runs/resolveModel.js';
import { openModel } from '../../train/openModel.js';
import { describeStep, listTrainingStep } from '../../train/profile/trainingStep.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import type { Io } from '../io.js';
import { printLayerTable } from '../terminal/layerTable.js';
import { Output } from '../terminal/output.js';
import { parseValue } from '../arguments/values.js';

const imageSide = z.int().min(1).max(65_536);
const classCount = z.int().min(2).max(65_536);

/** Options for a model that is not trained yet. */
interface Design {
  readonly input?: [number, number, number];
  readonly classes?: number;
}

interface Options extends Design {
  readonly plan?: true;
  readonly profile?: true;
  readonly runDir: string;
}

export function addSummary(program: Command, io: Io): void {
  const command = program
    .command('summary')
    .description('Show the layers of a model with their shapes, parameters, multiply-adds, and memory.')
    .argument(
      '<MODEL|RUN>',
      'name of a preset (see below), JSON file with an architecture, run, or checkpoint file',
    )
    .addOption(
      new Option(
        '--input <SHAPE>',
        'shape of an image: HEIGHTxWIDTHxCHANNELS (default: 28x28x1; 224x224x3 for presets for photos)',
      ).argParser(parseShape),
    )
    .option('--classes <N>', 'number of classes (default: 10; 1000 for presets for photos)', (word) =>
      parseValue(classCount, word, '--classes'),
    )
    .option('--plan', 'also list the operations of a training step')
    .option('--profile', 'also measure the time of each operation, on one thread');
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  command.addHelpText('after', presetHelp(command));
  addExamples(command, [
    ['inkling summary report-cnn', "the report's model"],
    ['inkling summary mlp --input 32x32x3', 'for color images of 32×32 pixels'],
    ['inkling summary mlp:width=128,depth=2', 'with two hidden layers of 128 units'],
    ['inkling summary my-net.json', 'your own architecture'],
    ['inkling summary mlp-mnist-1', 'the model of a run'],
    ['inkling summary report-cnn --classes 26', 'for 26 classes'],
    ['inkling summary report-cnn --profile', 'measure a training step'],
  ]);
  command.action(async (name: string) => {
    const { plan: withPlan, profile, runDir, ...given } = command.opts<Options>();
    const model = resolveModel(
      namesTrainedModel(name, runDir) ? modelOfRun(name, runDir, given) : designed(name, given),
    );
    const output = new Output(io, outputOptionsFrom(command));
    printLayerTable(model, output);
    const { rows, totals } = summarize(model);
    const listing = (withPlan ?? profile) ? await listTrainingStep(model, profile === true) : undefined;
    if (listing !== undefined) output.lines(['', ...formatPlan(listing.plan, listing.seconds).split('\n')]);
    output.result({
      model: name,
      input: model.model.input,
      classes: model.classes,
      layers: rows,
      totals,
      ...(listing && { plan: describeStep(listing) }),
    });
  });
}

function designed(name: string, given: Design): Model {
  const { input, classes } = { ...designOf(name), ...given };
  return openModel(name, { input, classes });
}

/** @throws {UsageError} when options are given that only a model has that is not trained yet */
function modelOfRun(name: string, runDir: string, { input, classes }: Design): Model {
  const flag = input !== undefined ? '--input' : classes !== undefined ? '--classes' : undefined;
  if (flag !== undefined)
    throw new UsageError(`${flag}: cannot be used with the trained model ${name}; leave it out`);
  return readSavedModel(resolveModelPath(name, runDir)).model;
}

/** The presets with their descriptions, wrapped. */
function presetHelp(command: Command): string {
  const help = command.createHelp();
  const column = Math.max(...presetNames.map(({ length }) => length)) + 2;
  const lines = presetNames.map((name) => help.formatItem(name, column, describeWithOptions(name), help));
  return ['', 'Presets, and their options with the defaults:', ...lines].join('\n');
}

function describeWithOptions(name: string): string {
  const options = Object.entries(optionsOf(name)).map(([option, value]) => `${option}=${String(value)}`);
  return describePreset(name) + (options.length === 0 ? '' : ` (${options.join(',')})`);
}

function parseShape(word: string): [number, number, number] {
  const sides = word.split('x');
  if (sides.length !== 3) {
    throw new UsageError(`--input: expected HEIGHTxWIDTHxCHANNELS such as 28x28x1, got "${word}"`);
  }
  const [height, width, channels] = sides.map((side) => parseValue(imageSide, side, `--input ${word}`));
  return [height, width, channels];
}
