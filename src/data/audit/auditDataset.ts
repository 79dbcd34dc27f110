import { checkArguments } from '../../core/checkArguments.js';
import * as originalReport from '../../core/originalReport.js';
import { countClasses } from '../classes.js';
import type { Dataset, DatasetSource, ImageSet } from '../dataset.js';
import { type Duplicates, findDuplicates } from './duplicates.js';
import type { ImageFileInfo } from '../imageFiles.js';

/** What the owner of a data set should know about its contents. */
export interface DatasetAudit extends Partial<Pick<ImageFileInfo, 'sizes' | 'unreadable'>> {
  /** The images before the validation images are split off. */
  readonly train: PartAudit;
  readonly test: PartAudit;
  /** The size of the largest class divided by that of the smallest, among the training images; infinite if one is empty. */
  readonly imbalance: number;
  readonly duplicates: Duplicates;
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
 * Counts the images of each class, and finds duplicates within and between the parts of a data set.
 *
 * @throws {UsageError} for anything but a data set
 */
export function auditDataset(
  dataset: Dataset,
  { splitSeed = originalReport.splitSeed.value }: AuditOptions = {},
): DatasetAudit {
  checkArguments('auditDataset', { dataset });
  const { classes, imageFiles } = dataset;
  const audit = ({ labels }: ImageSet): PartAudit => ({
    images: labels.length,
    perClass: countClasses(labels, classes.length),
  });
  const train = audit(dataset.train);
  return {
    train,
    test: audit(dataset.test),
    imbalance: Math.max(...train.perClass) / Math.min(...train.perClass),
    duplicates: findDuplicates(dataset, splitSeed),
    ...(imageFiles && { sizes: imageFiles.sizes, unreadable: imageFiles.unreadable }),
  };
}

/** `download, verified by its hash` */
export function describeOrigin({ kind, verified }: DatasetSource): string {
  if (kind === 'generated') return kind;
  return `${kind}, ${verified ? 'verified by its hash' : 'not verified: no known hash'}`;
}
