import type { Command } from 'commander';
import { countClasses } from '../../data/classes.js';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import { parseConfig } from '../../train/config.js';
import { formatBlockBar } from '../blocks.js';
import { describeDataset, openDataset } from '../datasets.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../flags.js';
import { formatCount, formatPercent } from '../../core/format.js';
import { columnsOf, type Io } from '../io.js';
import { Output } from '../output.js';
import { printSampleImages } from '../sampleImages.js';
import { type Alignment, formatTable, GAP, type Rows } from '../tables.js';

const NARROWEST_BAR = 4;
const WIDEST_BAR = 30;

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
    output.line();
    printSampleImages(dataset, output);
    output.result(resultOf(dataset));
  });
}

/** A table of the classes, with bars that fill what room it leaves. */
function printDistribution({ classes, train, test }: Dataset, output: Output): void {
  const sets = [train, test].map((set) => ({
    images: set.labels.length,
    counts: countClasses(set.labels, classes.length),
  }));
  const rowsWith = (barWidth: number): Rows => [
    ['class', 'training images', 'share', '', 'test images', 'share', ''],
    ...classes.map((name, label) => [
      name,
      ...sets.flatMap(({ images, counts }) => [
        formatCount(counts[label]),
        formatPercent(counts[label] / images),
        formatBlockBar(counts[label] / Math.max(1, ...counts), barWidth),
      ]),
    ]),
  ];
  const alignments: Alignment[] = ['left', 'right', 'right', 'left', 'right', 'right', 'left'];
  const [header] = formatTable(rowsWith(0), alignments);
  const barWidth = Math.floor((columnsOf(output.stream) - header.length - GAP.length) / 2);
  output.table(rowsWith(Math.max(NARROWEST_BAR, Math.min(barWidth, WIDEST_BAR))), alignments);
}

function resultOf({ name, source, shape, classes, train, test }: Dataset): object {
  const describe = (set: ImageSet) => ({
    images: set.labels.length,
    perClass: countClasses(set.labels, classes.length),
  });
  return { name, source, shape, classes, train: describe(train), test: describe(test) };
}
