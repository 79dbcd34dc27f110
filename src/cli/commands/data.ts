import { basename } from 'node:path';
import type { Command } from 'commander';
import { auditDataset } from '../../data/audit/auditDataset.js';
import { catalog } from '../../data/catalog/catalog.js';
import type { Dataset } from '../../data/dataset.js';
import { firstOfEachClass } from '../../data/examples.js';
import { datasetInputKind } from '../../data/inputKind.js';
import { BUILT_IN_DATASET } from '../../data/digits/generateDigits.js';
import { type Augmentation, formatAugmentation } from '../../plan/augmentation.js';
import { parseConfig } from '../../train/config.js';
import { addAugmentHelp } from '../arguments/augmentHelp.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import type { Io } from '../io.js';
import { type DatasetSettings, openDataset } from '../openDataset.js';
import { describeAudit } from '../terminal/audit.js';
import { describeDataset, printDistribution } from '../terminal/dataset.js';
import { printImages } from '../terminal/images.js';
import { Output } from '../terminal/output.js';

type DataOptions = Omit<DatasetSettings, 'dataset'> & {
  readonly augment?: Augmentation;
  readonly seed?: number;
  readonly sheet?: string;
};

const DATASETS = `
Names:
${catalog.map(({ name }) => `  ${name}`).join('\n')}
  ${BUILT_IN_DATASET} (built in)

Paths:
  a folder of PNG, JPEG, or WebP images with one subfolder per class, or with
    train, validation, and test subfolders that contain one folder per class.
    Images that all have the same size of up to 128 pixels keep it; others are
    resized
  a .tar, .tar.gz or .tgz archive of such a folder
  a .csv or .tsv table of pixels, one image per row, with labels in the first,
    last, or a named column
  a .parquet table of images or pixels, or a folder of them, such as a clone of
    a repository of the Hugging Face hub
  an .npz archive or a folder of .npy files, such as mnist.npz
  a folder with IDX files that are named like those of MNIST
If there are no test images, a fifth of each class is held out for testing.`;

export function addData(program: Command, io: Io): void {
  const command = program
    .command('data')
    .description('Find, download, or generate a data set, verify it, and describe its contents.')
    .argument('<NAME|PATH>', 'name or path of a data set; see below');
  addSettings(command, ['dataDir', 'imageSize', 'input', 'augment', 'seed'], 'none');
  command.option(
    '--sheet <FILE>',
    'PNG file for images of each class, augmented with --augment (default with it: NAME-augmented.png)',
  );
  addJsonFlag(command);
  command.addHelpText('after', DATASETS);
  addAugmentHelp(command);
  addExamples(command, [
    ['inkling data mnist', 'download MNIST if necessary'],
    ['inkling data mnist --data-dir ~/datasets', 'search this folder first'],
    ['inkling data ./pets', 'describe a folder of images'],
    ['inkling data ./pets --sheet pets.png', 'show images of each class'],
    ['inkling data ./pets.tar --json', 'describe an archive, as JSON'],
    ['inkling data mnist --augment shift=2', 'show augmented training images'],
  ]);
  command.action(async (dataset: string) => {
    const output = new Output(io, outputOptionsFrom(command));
    const { augment, sheet: file, ...settings } = command.opts<DataOptions>();
    // Unreadable files are listed; they do not prevent the rest from being described.
    const loaded = await openDataset({ ...settings, dataset, skipUnreadable: true }, io, output);
    const { splitSeed, seed } = parseConfig({ seed: settings.seed });
    const audit = auditDataset(loaded, { splitSeed });
    output.lines([...describeDataset(loaded, { splitSeed }), ...describeAudit(audit, loaded.classes)]);
    output.line();
    printDistribution(loaded, output);
    output.line();
    printImages('First training image of each class', firstOfEachClass(loaded), loaded.shape, output);
    const sheet =
      augment === undefined
        ? file && (await drawContactSheet(loaded, file, output))
        : await drawAugmentationSheet(loaded, { augment, seed, file }, output);
    const { name, source, shape, classes } = loaded;
    // Duplicates, also under their earlier name, for existing scripts.
    const input = datasetInputKind(loaded);
    output.result({ name, source, shape, classes, input, ...audit, copies: audit.duplicates, sheet });
  });
}

/** Writes images of each class to a file. */
async function drawContactSheet(dataset: Dataset, file: string, output: Output): Promise<object> {
  // Loading it takes a moment, which describing a data set should not need.
  const { writeContactSheet } = await import('../../report/sheets/contactSheet.js');
  const { classes, images } = await writeContactSheet(dataset, file);
  const total = dataset.classes.length;
  const of = classes === total ? 'each class' : `${classes} of ${total} classes`;
  output.line();
  output.line(`up to ${images} images of ${of}: ${file}`);
  return { file, classes, images };
}

interface SheetOptions {
  readonly augment: Augmentation;
  readonly seed: number;
  readonly file: string | undefined;
}

/** Writes augmented images to a file, and prints one of each class. */
async function drawAugmentationSheet(
  dataset: Dataset,
  { augment: augmentation, seed, file = `${basename(dataset.name)}-augmented.png` }: SheetOptions,
  output: Output,
): Promise<object> {
  const { writeAugmentationSheet } = await import('../../report/sheets/augmentationSheet.js');
  const { examples, draws } = await writeAugmentationSheet(dataset, { augmentation, seed, file });
  output.line();
  printImages(`Augmented with ${formatAugmentation(augmentation)}`, examples, dataset.shape, output);
  output.line();
  output.line(`original and ${draws} augmented images per class: ${file}`);
  return { file, augmentation, classes: examples.length, draws };
}
