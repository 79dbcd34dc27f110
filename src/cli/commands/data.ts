import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import { catalog } from '../../data/catalog/catalog.js';
import { countClasses } from '../../data/classes.js';
import { type Duplicates, findDuplicates } from '../../data/duplicates.js';
import type { Dataset, ImageSet } from '../../data/dataset.js';
import type { ImageSizes } from '../../data/imageFiles.js';
import type { Size } from '../../images/decodedImage.js';
import type { Augmentation } from '../../plan/augmentation.js';
import { parseConfig } from '../../train/config.js';
import { addAugmentHelp } from '../arguments/augmentHelp.js';
import { drawAugmentedSheet } from '../augmentedSheet.js';
import { formatBlockBar } from '../terminal/blocks.js';
import { type DatasetSettings, describeDataset, openDataset } from '../datasets.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import { formatCount, formatPercent, formatPlural, printable } from '../../core/format.js';
import { columnsOf, type Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { firstOfEachClass, printImages } from '../sampleImages.js';
import { type Alignment, formatTable, GAP, type Rows } from '../terminal/tables.js';

const NARROWEST_BAR = 4;
const WIDEST_BAR = 30;

/** The flags, as they are given. */
type DataOptions = Omit<DatasetSettings, 'dataset'> & {
  readonly augment?: Augmentation;
  readonly seed?: number;
  readonly sheet?: string;
};

/** What a path may lead to. */
const PATHS = `
Names:
${catalog.map(({ name }) => `  ${name}`).join('\n')}
  digits, which is built in

A path leads to one of these:
  a folder of pictures (PNG, JPEG, WebP), with a folder for each class, or with
    train, validation and test and the folders of the classes in each. Pictures
    of one size of up to 128 pixels keep it; others are resized
  a .tar, .tar.gz or .tgz file of such a folder
  a .csv file of grey images: label,pixel0,pixel1,... as Kaggle has MNIST
  a folder with four IDX files of MNIST's names
Where there is no test part, a fifth of each class is cut off for it.`;

export function addData(program: Command, io: Io): void {
  const command = program
    .command('data')
    .description('Find, download or generate a data set, verify it and show what is in it.')
    .argument('<NAME|PATH>', 'a data set by name, or what lies at a path: see below');
  addSettings(command, ['dataDir', 'imageSize', 'augment', 'seed'], 'none');
  command.option('--sheet <FILE>', 'where the sheet of augmented images goes (default: NAME-augmented.png)');
  addJsonFlag(command);
  command.addHelpText('after', PATHS);
  addAugmentHelp(command);
  addExamples(command, [
    ['inkling data mnist', 'download MNIST, unless it is there'],
    ['inkling data mnist --data-dir ~/datasets', 'look there first'],
    ['inkling data ./pets', 'a folder of pictures'],
    ['inkling data ./pets.tar --json', 'an archive of one, as JSON'],
    ['inkling data mnist --augment shift=2', 'draw what training sees'],
  ]);
  command.action(async (dataset: string) => {
    const output = new Output(io, outputOptionsFrom(command));
    const settings = command.opts<DataOptions>();
    if (settings.augment === undefined && settings.sheet !== undefined) {
      throw new UsageError('--sheet is of augmented images; say with --augment how they change');
    }
    // What cannot be read is told, and the rest is described.
    const loaded = await openDataset({ ...settings, dataset, skipUnreadable: true }, io, output);
    const { splitSeed, seed } = parseConfig({ seed: settings.seed });
    const duplicates = findDuplicates(loaded, splitSeed);
    output.lines([...describeDataset(loaded, splitSeed), ...describeContent(loaded, duplicates)]);
    output.line();
    printDistribution(loaded, output);
    output.line();
    const title = 'The first training image of each class';
    printImages(title, firstOfEachClass(loaded), loaded.shape, output);
    const { augment: augmentation, sheet: file = `${basename(loaded.name)}-augmented.png` } = settings;
    const sheet = augmentation && (await drawAugmentedSheet(loaded, { augmentation, seed, file }, output));
    output.result({ ...resultOf(loaded, duplicates), sheet });
  });
}

/** What its owner should know of what is in it. */
function describeContent({ classes, train, imageFiles }: Dataset, duplicates: Duplicates): string[] {
  const imbalance = imbalanceOf(train, classes.length);
  return [
    ...(imageFiles === undefined ? [] : [`pictures  ${describeSizes(imageFiles.sizes)}`]),
    `balance   ${
      Number.isFinite(imbalance)
        ? `the largest class has ${imbalance.toFixed(2)} times the training images of the smallest`
        : 'a class has no training images'
    }`,
    ...describeDuplicates(duplicates),
    ...(imageFiles?.unreadable ?? []).map(
      ({ file, problem }) => `unreadable  ${printable(file)}: ${printable(problem)}`,
    ),
  ];
}

/** How many times more training images the largest class has than the smallest. */
function imbalanceOf({ labels }: ImageSet, classes: number): number {
  const counts = countClasses(labels, classes);
  return Math.max(...counts) / Math.min(...counts);
}

function describeSizes({ distinct, smallest, median, largest }: ImageSizes): string {
  const format = ({ width, height }: Size) => `${width}×${height}`;
  if (distinct === 1) return `all of ${format(median)} (width×height)`;
  return `of ${distinct} sizes from ${format(smallest)} to ${format(largest)}, median ${format(median)} (width×height)`;
}

function describeDuplicates({ counts, otherClass, examples }: Duplicates): string[] {
  if (counts.length === 0) return ['copies    none'];
  const found = counts.map(
    ({ part, of, images }) => `${formatPlural(images, 'image')} of ${part} as in ${of}`,
  );
  const other = otherClass === 0 ? '' : `; ${formatCount(otherClass)} with another class`;
  return [
    `copies    ${found.join(', ')}${other}`,
    ...examples.map(
      ({ image, of }) =>
        `          ${image.part} ${printable(image.name)} = ${of.part} ${printable(of.name)}`,
    ),
  ];
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

function resultOf(
  { name, source, shape, classes, train, test, imageFiles }: Dataset,
  duplicates: Duplicates,
): object {
  const describe = (set: ImageSet) => ({
    images: set.labels.length,
    perClass: countClasses(set.labels, classes.length),
  });
  return {
    name,
    source,
    shape,
    classes,
    train: describe(train),
    test: describe(test),
    imbalance: imbalanceOf(train, classes.length),
    duplicates,
    ...(imageFiles && { sizes: imageFiles.sizes, unreadable: imageFiles.unreadable }),
  };
}
