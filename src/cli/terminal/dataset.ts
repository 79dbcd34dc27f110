import { formatCount, formatPercent, formatPlural } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { type DatasetAudit, describeOrigin } from '../../data/audit/auditDataset.js';
import { countClasses } from '../../data/classes.js';
import type { Dataset, DatasetSource, SplitMethod } from '../../data/dataset.js';
import type { Duplicates } from '../../data/audit/duplicates.js';
import { datasetInputKind } from '../../data/inputKind.js';
import type { ImageSizes } from '../../data/imageFiles.js';
import { splitOf } from '../../data/split.js';
import type { InputKind } from '../../images/inputKind.js';
import type { Size } from '../../images/decodedImage.js';
import { columnsOf } from '../io.js';
import { formatBlockBar } from './blocks.js';
import type { Output } from './output.js';
import { type Alignment, formatTable, GAP, type Rows } from './tables.js';

const MIN_BAR_WIDTH = 4;
const MAX_BAR_WIDTH = 30;

const INPUT_KIND_NAMES: Readonly<Record<InputKind, string>> = {
  digit: 'digits, normalized like those of MNIST',
  image: 'whole images',
  photo: 'photos, resized and cropped like those of ImageNet',
};

/** Lines that name a data set, its source, the size of its parts, the shape of its images and its classes. */
export function describeDataset(
  dataset: Dataset,
  { splitSeed, split }: { readonly splitSeed: number; readonly split?: SplitMethod | undefined },
): string[] {
  const { name, source, shape, classes, test, inputKind } = dataset;
  const parts = splitOf(dataset, splitSeed, split);
  const counts = [
    `${formatCount(parts.train.length)} training`,
    `${formatCount(parts.validation.length)} validation`,
    `${formatCount(test.labels.length)} test`,
  ];
  const separator = classes.some((label) => label.includes(' ')) ? ', ' : ' ';
  return [
    `data set    ${name}`,
    `source      ${describeSource(source)}`,
    `images      ${counts.join(', ')}`,
    `shape       ${formatShape(shape)} (height×width×channels)`,
    `input       ${INPUT_KIND_NAMES[datasetInputKind(dataset)]}${inputKind === undefined ? ', detected from the pixels' : ''}`,
    `classes     ${classes.length}: ${classes.join(separator)}`,
    ...(source.notes ?? []).map((note) => `note        ${note}`),
  ];
}

function describeSource(source: DatasetSource): string {
  const { kind, location } = source;
  return kind === 'generated' ? location : `${location} (${describeOrigin(source)})`;
}

/** Lines about what may be wrong with a data set. */
export function describeAudit({ imbalance, duplicates, sizes, unreadable = [] }: DatasetAudit): string[] {
  return [
    ...(sizes === undefined ? [] : [`sizes       ${describeSizes(sizes)}`]),
    `balance     ${describeImbalance(imbalance)}`,
    ...describeDuplicates(duplicates),
    ...unreadable.map(({ file, problem }) => `unreadable  ${file}: ${problem}`),
  ];
}

function describeImbalance(imbalance: number): string {
  if (imbalance === 1) return 'all classes have the same number of training images';
  if (!Number.isFinite(imbalance)) return 'at least one class has no training images';
  return `the largest class has ${imbalance.toFixed(2)} times as many training images as the smallest`;
}

function describeSizes({ distinct, smallest, median, largest }: ImageSizes): string {
  const format = ({ width, height }: Size) => `${width}×${height}`;
  if (distinct === 1) return `all files ${format(median)} (width×height)`;
  return `${distinct} different file sizes from ${format(smallest)} to ${format(largest)}, median ${format(median)} (width×height)`;
}

function describeDuplicates({ counts, otherClass, examples }: Duplicates): string[] {
  if (counts.length === 0) return ['duplicates  none'];
  const found = counts.map(({ part, of, images }) =>
    part === of
      ? `${formatCount(images)} within ${part}`
      : `${formatCount(images)} in ${part} that are also in ${of}`,
  );
  const other = otherClass === 0 ? '' : `; ${formatPlural(otherClass, 'image')} with a different class`;
  return [
    `duplicates  ${found.join(', ')}${other}`,
    ...examples.map(({ image, of }) => `            ${image.part} ${image.name} = ${of.part} ${of.name}`),
  ];
}

/** Prints the number of images of each class, with bars that fill the terminal's width. */
export function printDistribution({ classes, train, test }: Dataset, output: Output): void {
  const sets = [train, test].map((set) => ({
    images: set.labels.length,
    counts: countClasses(set.labels, classes.length),
  }));
  const rowsWith = (barWidth: number): Rows => [
    ['class', 'training + validation', 'share', '', 'test', 'share', ''],
    ...classes.map((name, label) => [
      name,
      ...sets.flatMap(({ images, counts }) => [
        formatCount(counts[label]),
        formatPercent(counts[label] / Math.max(1, images)),
        formatBlockBar(counts[label] / Math.max(1, ...counts), barWidth),
      ]),
    ]),
  ];
  const alignments: Alignment[] = ['left', 'right', 'right', 'left', 'right', 'right', 'left'];
  const [header] = formatTable(rowsWith(0), alignments);
  const barWidth = Math.floor((columnsOf(output.stream) - header.length - GAP.length) / 2);
  output.table(rowsWith(Math.max(MIN_BAR_WIDTH, Math.min(barWidth, MAX_BAR_WIDTH))), alignments);
}
