import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import { importedModel, importRun } from '../../runs/importRun.js';
import type { Setting } from '../../train/settings/names.js';
import { openDataset } from '../openDataset.js';
import { describeDataset } from '../terminal/dataset.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  configFrom,
  outputOptionsFrom,
  settingsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { describeTest } from '../terminal/results.js';

const settings: readonly Setting[] = [
  'model',
  'dataset',
  'dataDir',
  'imageSize',
  'input',
  'threads',
  'runDir',
  'name',
];

export function addImport(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('import')
    .description(
      'Import an ONNX model, or weights that were trained with PyTorch, as a run, and evaluate it.',
    )
    .argument(
      '<FILE>',
      'ONNX model, or file with the state_dict of a model: safetensors, or PyTorch (torch.save)',
    );
  addSettings(command, settings);
  command.option(
    '--calibrate',
    'calibrate the model as training does, on the validation images and with the training images, so that unfamiliar images are doubtful',
  );
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling import weights.safetensors', "weights of the report's model"],
    ['inkling import weights.pth --model mlp', 'weights of the MLP'],
    ['inkling import net.onnx --dataset photos', "ONNX model of a folder's classes"],
    ['inkling import net.onnx --calibrate', 'and recognize unfamiliar images'],
  ]);
  command.action(async (file: string) => {
    const config = configFrom(command, settings);
    const { calibrate } = command.opts<{ calibrate?: true }>();
    const output = new Output(io, outputOptionsFrom(command));
    const model = importedModel(file, config);
    if (model !== undefined && settingsFrom(command, ['model']).model !== undefined) {
      throw new UsageError(`--model: cannot be used with ${file}, which contains its model; leave it out`);
    }
    const dataset = await openDataset(config, io, output, model && { model });
    output.lines(describeDataset(dataset, config));
    output.line();
    const origin = { command: commandLine, calibrate };
    const { folder, summary, dictionary } = await importRun(file, config, dataset, origin);
    if (dictionary !== undefined) output.line(`weights: ${dictionary} of ${file}`);
    const { test, calibration, notices = [] } = summary;
    for (const notice of notices) output.message(notice);
    if (calibrate === undefined) output.line(calibrationHint(calibration !== undefined));
    output.conclusion(`${folder}: ${summary.model.name}${test ? `, ${describeTest(test)}` : ''}`);
    output.result({ folder, ...summary, ...(dictionary !== undefined && { dictionary }) });
  });
}

/** What the model of a file lacks that training would have measured. */
function calibrationHint(isCalibrated: boolean): string {
  return isCalibrated
    ? 'calibrated as in the file, which does not describe the training images: with --calibrate, images that do not resemble them are doubtful'
    : 'not calibrated: if the model was not trained on the validation images, calibrate it on them with --calibrate';
}
