import { checkOptions } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { checkArguments } from '../../core/arguments/checkArguments.js';
import * as originalReport from '../../core/originalReport.js';
import { MAX_BYTE } from '../../core/pixels.js';
import { isEmpty } from '../../images/isEmpty.js';
import { classBalance } from '../classBalance.js';
import { countClasses } from '../classes.js';
import type { Dataset, DatasetSource, ImageSet } from '../dataset.js';
import type { ImageFileInfo } from '../imageFiles.js';
import { datasetInputKind } from '../inputKind.js';
import { flag, type FlaggedImages, type ImageLocation, imagesOf } from './auditedImages.js';
import { BlurFinder } from './blur.js';
import { DuplicateFinder, type Duplicates } from './duplicates.js';
import { grayOf } from './gray.js';
import { NearDuplicateFinder } from './nearDuplicates.js';

/**
 * The least height and width of images among which near duplicates and blurred ones are searched. Smaller images are mostly drawings
 * and outlines, like those of MNIST, of which different ones are as similar as an image and its copy.
 */
const MIN_SIDE = 32;

/** What the owner of a data set should know about its contents. */
export interface DatasetAudit extends Partial<Pick<ImageFileInfo, 'sizes' | 'unreadable'>> {
  /** The images before the validation images are split off. */
  readonly train: PartAudit;
  readonly test: PartAudit;
  /** The size of the largest class divided by that of the smallest, among the training images; infinite if one is empty. */
  readonly imbalance: number;
  readonly duplicates: Duplicates;
  /** Images of which all pixels are equal, or nearly. */
  readonly blank: FlaggedImages;
  /** Images similar to an earlier one, without `duplicates`; absent for digits and images below 32×32 pixels. */
  readonly nearDuplicates?: Duplicates;
  /** Images that are much less sharp than most, the least sharp first; absent likewise. */
  readonly blurred?: FlaggedImages;
}

/** The images of one part of a data set. */
export interface PartAudit {
  readonly images: number;
  readonly perClass: readonly number[];
}

/** How to audit a data set. */
export interface AuditOptions {
  /** Selects the validation images, unless the data set defines them; by default that of training. */
  readonly splitSeed?: number | undefined;
}

/**
 * Counts the images of each class, and finds duplicates within and between the parts of a data set, near duplicates, and images that
 * are blank or blurred.
 *
 * @throws {UsageError} for anything but a data set
 * @throws {InklingError} when an image cannot be read
 */
export function auditDataset(dataset: Dataset, options: AuditOptions = {}): DatasetAudit {
  checkArguments('auditDataset', { dataset });
  checkOptions('auditDataset', options, { splitSeed: kinds.index });
  const { splitSeed = originalReport.splitSeed.value } = options;
  const { classes, imageFiles } = dataset;
  const audit = ({ labels }: ImageSet): PartAudit => ({
    images: labels.length,
    perClass: countClasses(labels, classes.length),
  });
  const train = audit(dataset.train);
  return {
    train,
    test: audit(dataset.test),
    imbalance: classBalance(train.perClass).ratio,
    ...auditImages(dataset, splitSeed),
    ...(imageFiles && { sizes: imageFiles.sizes, unreadable: imageFiles.unreadable }),
  };
}

/** Reads every image once. */
function auditImages(
  dataset: Dataset,
  splitSeed: number,
): Pick<DatasetAudit, 'duplicates' | 'blank' | 'nearDuplicates' | 'blurred'> {
  const { shape, train, test } = dataset;
  const [height, width, channels] = shape;
  const duplicates = new DuplicateFinder();
  const blank: ImageLocation[] = [];
  const isDetailed = Math.min(height, width) >= MIN_SIDE && datasetInputKind(dataset) !== 'digit';
  const details = isDetailed && {
    nearDuplicates: new NearDuplicateFinder(shape, train.labels.length + test.labels.length),
    blurred: new BlurFinder(shape),
  };
  for (const image of imagesOf(dataset, splitSeed)) {
    const pixels = image.pixels();
    const isDuplicate = duplicates.add(image, pixels);
    if (isEmpty(pixels, channels, MAX_BYTE)) blank.push(image.image);
    if (!details) continue;
    const gray = grayOf(pixels, channels);
    // Of nothing but noise, neither the similarity nor the sharpness means anything.
    if (isEmpty(gray, 1, MAX_BYTE)) continue;
    details.blurred.add(image, gray);
    if (!isDuplicate) details.nearDuplicates.add(image, pixels, gray);
  }
  return {
    duplicates: duplicates.result(),
    blank: flag(blank),
    ...(details && {
      nearDuplicates: details.nearDuplicates.result(),
      blurred: details.blurred.result(),
    }),
  };
}

/** `download, verified by its hash` */
export function describeOrigin({ kind, verified }: DatasetSource): string {
  if (kind === 'generated') return kind;
  return `${kind}, ${verified ? 'verified by its hash' : 'not verified: no known hash'}`;
}
