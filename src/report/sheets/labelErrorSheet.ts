import { checkArguments } from '../../core/arguments/checkArguments.js';
import { checkValues } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { InklingError } from '../../core/errors.js';
import { sizeOf } from '../../core/shape.js';
import { LABEL_ERRORS, type LabelError } from '../../data/audit/confidentLearning.js';
import type { Dataset } from '../../data/dataset.js';
import { pixelsOf } from '../../data/imageSet.js';
import { drawCaptionedImages } from '../draw/captionedImages.js';
import { drawnImages, writeDrawing } from './writeDrawing.js';

/** More would make a sheet unreadable. */
const MAX_IMAGES = 100;

/**
 * Writes a PNG file with the first images whose label is probably wrong, in their order. Below each are its label, the class that it probably belongs
 * to, and its index among the training images.
 *
 * @returns the number of images on it
 * @throws {InklingError} when there are none, an image cannot be read, or the file cannot be written
 */
export async function writeLabelErrorSheet(
  dataset: Dataset,
  errors: readonly LabelError[],
  file: string,
): Promise<number> {
  checkArguments('writeLabelErrorSheet', { dataset });
  checkValues('writeLabelErrorSheet', { errors, file }, { errors: LABEL_ERRORS, file: kinds.path });
  if (errors.length === 0) {
    throw new InklingError(`${file}: expected at least one label error to draw, got none; draw no sheet`);
  }
  const { classes, train, shape } = dataset;
  const drawn = drawnImages(dataset);
  const shown = errors.slice(0, MAX_IMAGES).map(({ image, label, suggested }) => ({
    pixels: drawn.pixelsOf(pixelsOf(train.images, sizeOf(shape), image)),
    caption: [classes[label], `or ${classes[suggested]}?`, String(image)],
  }));
  await writeDrawing(drawCaptionedImages(shown, drawn.shape), file);
  return shown.length;
}
