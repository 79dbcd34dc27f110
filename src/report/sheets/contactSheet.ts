import type { Dataset } from '../../data/dataset.js';
import { examplesOfEachClass } from '../../data/examples.js';
import { MAX_ROWS, writeImageRows } from './imageRows.js';

const IMAGES = 10;

/** A contact sheet that was written. */
export interface ContactSheet {
  /** The number of classes on it: the first ones that have images. */
  readonly classes: number;
  /** The maximum number of images of each class. */
  readonly images: number;
}

/**
 * Writes a PNG file with one row per class: its name, and images from all parts of its training images.
 *
 * @throws {InklingError} when an image cannot be read, or the file cannot be written
 */
export async function writeContactSheet(dataset: Dataset, file: string): Promise<ContactSheet> {
  const rows = examplesOfEachClass(dataset, IMAGES).slice(0, MAX_ROWS);
  const named = rows.map(({ name, images }) => ({ title: name, images }));
  await writeImageRows(named, dataset.shape, file);
  return { classes: rows.length, images: IMAGES };
}
