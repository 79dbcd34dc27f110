import { formatCount, formatPercent } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { describeOrigin } from '../../data/audit/auditDataset.js';
import { countClasses } from '../../data/classes.js';
import type { Dataset, DatasetSource } from '../../data/dataset.js';
import { datasetInputKind } from '../../data/inputKind.js';
import { countExcluded } from '../../data/audit/excludedImages.js';
import type { Split } from '../../data/split.js';
import type { InputKind } from '../../images/inputKind.js';
import { partsOf, type PartSettings } from '../../runs/dataset/runParts.js';
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

/**
 * Lines that name a data set, its source, the size of its parts, the shape of its images and its classes.
 *
 * @throws {InklingError} when the images cannot be split like this
 */
export function describeDataset(dataset: Dataset, settings: PartSettings): string[] {
  const { exclude } = settings;
  const { name, source, shape, classes, test, inputKind } = dataset;
  const counts = [...countSplit(dataset, settings), `${formatCount(test.labels.length)} test`];
  const separator = classes.some((label) => label.includes(' ')) ? ', ' : ' ';
  return [
    `data set    ${name}`,
    `source      ${describeSource(source)}`,
    `images      ${counts.join(', ')}${exclude === undefined ? '' : `, ${formatCount(countExcluded(exclude))} left out`}`,
    `shape       ${formatShape(shape)} (height×width×channels)`,
    `input       ${INPUT_KIND_NAMES[datasetInputKind(dataset)]}${inputKind === undefined ? ', detected from the pixels' : ''}`,
    `classes     ${classes.length}: ${classes.join(separator)}`,
    ...(source.notes ?? []).map((note) => `note        ${note}`),
  ];
}

function countSplit(dataset: Dataset, settings: PartSettings): string[] {
  const { folds, fold } = settings;
  if (folds === undefined) return countImages(partsOf(dataset, settings));
  const parts = partsOf(dataset, {
    ...settings,
    fold: fold ?? 1,
    ...(fold === undefined && { trainLimit: undefined, trainLimitPerClass: undefined }),
  });
  if (fold === undefined) {
    const { train, validation } = parts;
    return [`${formatCount(train.length + validation.length)} training in ${folds} folds`];
  }
  const [training, validation] = countImages(parts);
  return [training, `${validation} (fold ${fold} of ${folds})`];
}

function countImages({ train, validation }: Split): string[] {
  return [`${formatCount(train.length)} training`, `${formatCount(validation.length)} validation`];
}

function describeSource(source: DatasetSource): string {
  const { kind, location } = source;
  return kind === 'generated' ? location : `${location} (${describeOrigin(source)})`;
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
