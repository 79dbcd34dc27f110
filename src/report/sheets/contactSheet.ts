import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkValues } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import type { Dataset } from '../../data/dataset.js';
import { examplesOfEachClass } from '../../data/examples.js';
import { MAX_ROWS, writeImageRows } from './imageRows.js';
import { drawnImages } from './writeDrawing.js';

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
  checkArguments('writeContactSheet', { dataset });
  checkValues('writeContactSheet', { file }, { file: kinds.path });
  const drawn = drawnImages(dataset);
  const rows = examplesOfEachClass(dataset, IMAGES)
    .slice(0, MAX_ROWS)
    .map(({ name, images }) => ({ title: name, images: images.map(drawn.pixelsOf) }));
  await writeImageRows(rows, drawn.shape, file);
  return { classes: rows.length, images: IMAGES };
}
