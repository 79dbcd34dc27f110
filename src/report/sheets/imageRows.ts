import type { Shape } from '../../core/shape.js';
import { drawImageRows, type ImageRow } from '../draw/imageRows.js';
import { writeDrawing } from './writeDrawing.js';

/** More rows would make a sheet unreadable. */
export const MAX_ROWS = 26;

/**
 * Writes a PNG file with rows of images.
 *
 * @param shape of each image
 * @throws {InklingError} when the file cannot be written
 */
export async function writeImageRows(rows: readonly ImageRow[], shape: Shape, file: string): Promise<void> {
  await writeDrawing(drawImageRows(rows, shape), file);
}
