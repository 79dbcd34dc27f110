import { formatCount, formatPlural, listFirst } from '../../../core/format.js';
import type { DatasetAudit } from '../../../data/audit/auditDataset.js';
import type { FlaggedImages } from '../../../data/audit/auditedImages.js';
import type { Duplicates } from '../../../data/audit/duplicates.js';
import { classBalance, formatRatio } from '../../../data/classBalance.js';
import type { ImageSizes } from '../../../data/imageFiles.js';
import type { Size } from '../../../images/decodedImage.js';

const MAX_UNREADABLE = 5;
const MAX_EMPTY_CLASSES = 5;

/** Lines about what may be wrong with a data set. */
export function describeAudit(audit: DatasetAudit, classes: readonly string[]): string[] {
  const { duplicates, nearDuplicates, blank, blurred, sizes, unreadable = [] } = audit;
  const more = unreadable.length - MAX_UNREADABLE;
  return [
    ...(sizes === undefined ? [] : [`sizes       ${describeSizes(sizes)}`]),
    `balance     ${describeBalance(audit, classes)}`,
    ...describeDuplicates(duplicates, EXACT),
    ...(nearDuplicates === undefined ? [] : describeDuplicates(nearDuplicates, NEAR)),
    describeFlagged('blank', blank),
    ...(blurred === undefined ? [] : [describeFlagged('blurred', blurred)]),
    ...unreadable.slice(0, MAX_UNREADABLE).map(({ file, problem }) => `unreadable  ${file}: ${problem}`),
    ...(more > 0 ? [`unreadable  and ${formatPlural(more, 'more file')}`] : []),
  ];
}

function describeBalance({ train: { images, perClass } }: DatasetAudit, classes: readonly string[]): string {
  const balance = classBalance(perClass);
  const { ratio, largest, smallest, isImbalanced } = balance;
  if (ratio === 1) return 'all classes have the same number of training images';
  if (images === 0) return 'no training images';
  const empty = classes.filter((_, label) => perClass[label] === 0);
  if (empty.length > 0) return `no training images of ${listFirst(empty, MAX_EMPTY_CLASSES)}`;
  const times = `${formatRatio(balance)} times as many`;
  if (!isImbalanced) return `the largest class has ${times} training images as the smallest`;
  return (
    `warning: imbalanced, ${classes[largest.label]} has ${formatCount(largest.images)} training images, ` +
    `${times} as ${classes[smallest.label]} with ${formatCount(smallest.images)}`
  );
}

function describeSizes({ distinct, smallest, median, largest }: ImageSizes): string {
  const format = ({ width, height }: Size) => `${width}×${height}`;
  if (distinct === 1) return `all files ${format(median)} (width×height)`;
  return `${distinct} different file sizes from ${format(smallest)} to ${format(largest)}, median ${format(median)} (width×height)`;
}

/** How duplicates of a kind are described. */
interface DuplicateTexts {
  readonly title: string;
  readonly relation: string;
  readonly sign: string;
}

const EXACT: DuplicateTexts = { title: 'duplicates', relation: 'that are also in', sign: '=' };
const NEAR: DuplicateTexts = { title: 'similar', relation: 'that resemble one in', sign: '≈' };

function describeDuplicates({ counts, otherClass, examples }: Duplicates, texts: DuplicateTexts): string[] {
  const { title, relation, sign } = texts;
  if (counts.length === 0) return [finding(title, 'none')];
  const found = counts.map(({ part, of, images }) =>
    part === of
      ? `${formatCount(images)} within ${part}`
      : `${formatCount(images)} in ${part} ${relation} ${of}`,
  );
  const other = otherClass === 0 ? '' : `; ${formatPlural(otherClass, 'image')} with a different class`;
  return [
    finding(title, `${found.join(', ')}${other}`),
    ...examples.map(({ image, of }) =>
      finding('', `${image.part} ${image.name} ${sign} ${of.part} ${of.name}`),
    ),
  ];
}

function describeFlagged(title: string, { images, examples }: FlaggedImages): string {
  const names = examples.map(({ part, name }) => `${part} ${name}`);
  const more = images > examples.length ? ', …' : '';
  return finding(
    title,
    images === 0 ? 'none' : `check ${formatPlural(images, 'image')}: ${names.join(', ')}${more}`,
  );
}

/** A line with a title, aligned with the others. */
function finding(title: string, text: string): string {
  return `${title.padEnd(12)}${text}`;
}
