import { basename } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import { auditDataset } from '../../data/audit/auditDataset.js';
import { catalog } from '../../data/catalog/catalog.js';
import type { Dataset } from '../../data/dataset.js';
import { firstOfEachClass } from '../../data/examples.js';
import { datasetInputKind } from '../../data/inputKind.js';
import { BUILT_IN_DATASET } from '../../data/digits/generateDigits.js';
import { type Augmentation, formatAugmentation } from '../../plan/augmentation.js';
import { parseConfig } from '../../train/config.js';
import type { Setting } from '../../train/settings/names.js';
import { addAugmentHelp } from '../arguments/augmentHelp.js';
import {
  addExamples,
  addJsonFlag,
  addSettings,
  outputOptionsFrom,
  settingsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { type DatasetSettings, openDataset } from '../openDataset.js';
import { describeAudit } from '../terminal/audit/audit.js';
import { describeDataset, printDistribution } from '../terminal/dataset.js';
import { printImages } from '../terminal/images.js';
import { Output } from '../terminal/output.js';

type DataOptions = Omit<DatasetSettings, 'dataset'> & {
  readonly augment?: Augmentation;
  readonly seed?: number;
  readonly sheet?: string;
  readonly audit?: boolean;
  readonly csv?: string;
};

/** The settings that select images. */
const DATA_SETTINGS = ['dataDir', 'imageSize', 'input'] as const satisfies readonly Setting[];
/** Those that only the audit of labels has: they train its networks. */
const AUDIT_ONLY = ['model', 'epochs', 'backbone', 'group', 'threads'] as const satisfies readonly Setting[];

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
  addSettings(command, [...DATA_SETTINGS, 'augment', 'seed'], 'none');
  command.option(
    '--audit',
    'also find training images whose label is probably wrong, with small networks that are trained for this; the options below apply to it',
  );
  addSettings(command, AUDIT_ONLY, 'none');
  command.option('--csv <FILE>', 'CSV file for the list of these images (default: NAME-label-errors.csv)');
  command.option(
    '--sheet <FILE>',
    'PNG file for images of each class, augmented with --augment (default with it: NAME-augmented.png), or for those with wrong labels with --audit (default: NAME-label-errors.png)',
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
    ['inkling data mnist --audit', 'find wrong labels'],
  ]);
  command.action(async (dataset: string) => {
    const output = new Output(io, outputOptionsFrom(command));
    const options = command.opts<DataOptions>();
    checkAuditOptions(command, options);
    const settings = settingsFrom(command, [...AUDIT_ONLY, ...DATA_SETTINGS, 'seed']);
    // Loading it takes a moment, which describing a data set should not need.
    const labelAudit = options.audit === true ? await import('../terminal/audit/labelAudit.js') : undefined;
    const model = labelAudit?.inputOfAudit(settings);
    // Unreadable files are listed; they do not prevent the rest from being described.
    const asked = { ...settingsFrom(command, DATA_SETTINGS), dataset, skipUnreadable: true };
    const loaded = await openDataset(asked, io, output, { model });
    const { splitSeed, seed } = parseConfig({ seed: options.seed });
    const audit = auditDataset(loaded, { splitSeed });
    output.lines([...describeDataset(loaded, { splitSeed, seed }), ...describeAudit(audit, loaded.classes)]);
    output.line();
    printDistribution(loaded, output);
    output.line();
    printImages('First training image of each class', firstOfEachClass(loaded), loaded.shape, output);
    const sheet = await drawSheet(loaded, { ...options, seed }, output);
    const { csv, sheet: file } = options;
    const labels = await labelAudit?.auditLabels(loaded, { settings, csv, sheet: file }, io, output);
    const { name, source, shape, classes } = loaded;
    // Duplicates, also under their earlier name, for existing scripts.
    const input = datasetInputKind(loaded);
    const { duplicates: copies } = audit;
    output.result({ name, source, shape, classes, input, ...audit, copies, sheet, labels });
  });
}

/** @throws {UsageError} for options that do not go together */
function checkAuditOptions(command: Command, { audit, augment }: DataOptions): void {
  if (audit === true) {
    if (augment === undefined) return;
    throw new UsageError(
      '--augment: cannot be used with --audit, which has another sheet of images; leave one of them out',
    );
  }
  const extra = [...AUDIT_ONLY, 'csv'].find((name) => command.getOptionValueSource(name) === 'cli');
  if (extra === undefined) return;
  throw new UsageError(`--${extra}: applies to the audit of labels; add --audit, or leave it out`);
}

/** Writes the sheet of images that the options ask for, unless it is that of the audit. */
async function drawSheet(
  dataset: Dataset,
  { augment, seed, sheet: file, audit }: DataOptions & { readonly seed: number },
  output: Output,
): Promise<object | undefined> {
  if (augment !== undefined) return drawAugmentationSheet(dataset, { augment, seed, file }, output);
  return file === undefined || audit === true ? undefined : drawContactSheet(dataset, file, output);
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
