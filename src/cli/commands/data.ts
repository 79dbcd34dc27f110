import type { Command } from 'commander';
import { countClasses } from '../../data/classes.js';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import { parseConfig } from '../../train/config.js';
import { formatBlockBar } from '../blocks.js';
import { type DatasetSettings, describeDataset, openDataset } from '../datasets.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../flags.js';
import { formatCount, formatPercent } from '../../core/format.js';
import { columnsOf, type Io } from '../io.js';
import { Output } from '../output.js';
import { printSampleImages } from '../sampleImages.js';
import { type Alignment, formatTable, GAP, type Rows } from '../tables.js';

const NARROWEST_BAR = 4;
const WIDEST_BAR = 30;

/** What a path may lead to. */
const PATHS = `
A path leads to one of these:
  a folder of pictures (PNG, JPEG, WebP), with a folder for each class, or with
    train, validation and test and the folders of the classes in each. Pictures
    of one size of up to 128 pixels keep it; others are resized
  a .tar, .tar.gz or .tgz file of such a folder
  a folder with four IDX files of MNIST's names
Where there is no test part, a fifth of each class is cut off for it.`;

export function addData(program: Command, io: Io): void {
  const command = program
    .command('data')
    .description('Find, download or generate a data set, verify it and show what is in it.')
    .argument('<NAME|PATH>', 'mnist, digits (built in), or what lies at a path: see below');
  addSettings(command, ['dataDir', 'imageSize', 'skipUnreadable'], 'none');
  addJsonFlag(command);
  command.addHelpText('after', PATHS);
  addExamples(command, [
    ['inkling data mnist', 'download MNIST, unless it is there'],
    ['inkling data mnist --data-dir ~/datasets', 'look there first'],
    ['inkling data ./pets', 'a folder of pictures'],
    ['inkling data ./pets.tar --json', 'an archive of one, as JSON'],
  ]);
  command.action(async (dataset: string) => {
    const output = new Output(io, outputOptionsFrom(command));
    const settings = command.opts<Omit<DatasetSettings, 'dataset'>>();
    const loaded = await openDataset({ ...settings, dataset }, io, output);
    output.lines(describeDataset(loaded, parseConfig({}).splitSeed));
    output.line();
    printDistribution(loaded, output);
    output.line();
    printSampleImages(loaded, output);
    output.result(resultOf(loaded));
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
