import type { Command } from 'commander';
import { importRun } from '../../runs/importRun.js';
import type { Setting } from '../arguments/flags.js';
import { openDataset } from '../openDataset.js';
import { describeDataset } from '../terminal/dataset.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  configFrom,
  outputOptionsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { describeTest } from '../terminal/results.js';

const settings: readonly Setting[] = ['model', 'dataset', 'dataDir', 'input', 'threads', 'runDir', 'name'];

export function addImport(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('import')
    .description('Import weights that were trained with PyTorch as a run, and evaluate them.')
    .argument('<FILE>', 'file with the state_dict of a model: safetensors, or PyTorch (torch.save)');
  addSettings(command, settings);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling import weights.safetensors', "weights of the report's model"],
    ['inkling import weights.pth --model mlp', 'weights of the MLP'],
  ]);
  command.action(async (file: string) => {
    const config = configFrom(command, settings);
    const output = new Output(io, outputOptionsFrom(command));
    const dataset = await openDataset(config, io, output);
    output.lines(describeDataset(dataset, config));
    output.line();
    const { folder, summary, dictionary } = await importRun(file, config, dataset, { command: commandLine });
    if (dictionary !== undefined) output.line(`weights: ${dictionary} of ${file}`);
    const { test } = summary;
    output.conclusion(`${folder}: ${summary.model.name}${test ? `, ${describeTest(test)}` : ''}`);
    output.result({ folder, ...summary, ...(dictionary !== undefined && { dictionary }) });
  });
}
