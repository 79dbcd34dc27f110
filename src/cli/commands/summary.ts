import type { Command } from 'commander';
import { z } from 'zod';
import { UsageError } from '../../core/errors.js';
import { describePreset, preset, presetNames } from '../../models/presets.js';
import { summarize } from '../../models/summary.js';
import { addExamples, addJsonFlag, outputOptionsFrom } from '../flags.js';
import type { Io } from '../io.js';
import { printLayerTable } from '../layerTable.js';
import { Output } from '../output.js';
import { parseValue } from '../values.js';

const imageSide = z.int().min(1).max(65_536);
const classCount = z.int().min(2).max(65_536);

interface Options {
  readonly input: [number, number, number];
  readonly classes: number;
}

export function addSummary(program: Command, io: Io): void {
  const known = presetNames.map((name) => `${name}: ${describePreset(name)}`).join('; ');
  const command = program
    .command('summary')
    .description('Show a network layer by layer: shapes, parameters, multiply-adds, memory.')
    .argument('<MODEL>', known)
    .option('--input <SHAPE>', 'one image: HEIGHTxWIDTHxCHANNELS', parseShape, [28, 28, 1])
    .option(
      '--classes <N>',
      'classes to tell apart',
      (word) => parseValue(classCount, word, '--classes'),
      10,
    );
  addJsonFlag(command);
  addExamples(command, [
    ['inkling summary report-cnn', 'the network of the report'],
    ['inkling summary mlp --input 32x32x3', 'the comparison, for colour pictures'],
    ['inkling summary report-cnn --classes 26', 'for letters instead of digits'],
  ]);
  command.action((name: string) => {
    const { input, classes } = command.opts<Options>();
    const model = preset(name, { input, classes });
    const output = new Output(io, outputOptionsFrom(command));
    printLayerTable(model, output);
    const { rows, totals } = summarize(model);
    output.result({ model: name, input, classes, layers: rows, totals });
  });
}

function parseShape(word: string): [number, number, number] {
  const sides = word.split('x');
  if (sides.length !== 3) {
    throw new UsageError(`--input: expected HEIGHTxWIDTHxCHANNELS such as 28x28x1, got "${word}"`);
  }
  const [height, width, channels] = sides.map((side) => parseValue(imageSide, side, `--input ${word}`));
  return [height, width, channels];
}
