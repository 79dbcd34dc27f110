import type { Command } from 'commander';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import { parseConfig } from '../../train/config.js';
import { describeDataset, openDataset } from '../datasets.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../flags.js';
import { formatCount, formatPercent } from '../format.js';
import type { Io } from '../io.js';
import { Output } from '../output.js';

export function addData(program: Command, io: Io): void {
  const command = program
    .command('data')
    .description('Find, download or generate a data set, verify it and show what is in it.')
    .argument('<NAME>', 'mnist, digits (built in), or a folder with four IDX files');
  addSettings(command, ['dataDir'], 'none');
  addJsonFlag(command);
  addExamples(command, [
    ['inkling data mnist', 'download MNIST, unless it is there'],
    ['inkling data mnist --data-dir ~/datasets', 'look there first'],
    ['inkling data ./fashion --json', 'what a folder holds, as JSON'],
  ]);
  command.action(async (name: string) => {
    const output = new Output(io, outputOptionsFrom(command));
    const { dataDir } = command.opts<{ dataDir?: string }>();
    const dataset = await openDataset({ dataset: name, dataDir }, io, output);
    output.lines(describeDataset(dataset, parseConfig({}).splitSeed));
    output.line();
    printDistribution(dataset, output);
    output.result(resultOf(dataset));
  });
}

function printDistribution({ classes, train, test }: Dataset, output: Output): void {
  const cells = (set: ImageSet) => {
    const counts = countClasses(set, classes.length);
    return counts.map((count) => [formatCount(count), formatPercent(count / set.labels.length)]);
  };
  const [trainCells, testCells] = [cells(train), cells(test)];
  output.table(
    [
      ['class', 'training images', 'share', 'test images', 'share'],
      ...classes.map((name, label) => [name, ...trainCells[label], ...testCells[label]]),
    ],
    ['left', 'right', 'right', 'right', 'right'],
  );
}

function resultOf({ name, source, shape, classes, train, test }: Dataset): object {
  const describe = (set: ImageSet) => ({
    images: set.labels.length,
    perClass: countClasses(set, classes.length),
  });
  return { name, source, shape, classes, train: describe(train), test: describe(test) };
}

/** How many images there are of each class. */
function countClasses({ labels }: ImageSet, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}
