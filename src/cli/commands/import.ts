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

const settings: readonly Setting[] = ['model', 'dataset', 'dataDir', 'threads', 'runDir', 'name'];

export function addImport(program: Command, io: Io, commandLine: string): void {
  const command = program
    .command('import')
    .description('Make a run of weights that PyTorch saved, and score it on test images.')
    .argument('<FILE>', 'a safetensors file that holds the state_dict of one of the networks');
  addSettings(command, settings);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling import weights.safetensors', "the report's network"],
    ['inkling import weights.safetensors --model mlp', 'the comparison'],
  ]);
  command.action(async (file: string) => {
    const config = configFrom(command, settings);
    const output = new Output(io, outputOptionsFrom(command));
    const dataset = await openDataset(config, io, output);
    output.lines(describeDataset(dataset, config.splitSeed));
    output.line();
    const { folder, summary } = await importRun(file, config, dataset, { command: commandLine });
    const { test } = summary;
    output.conclusion(`${folder}: ${config.model}${test ? `, ${describeTest(test)}` : ''}`);
    output.result({ folder, ...summary });
  });
}
