import type { Shape } from '../../core/shape.js';
import { writeFileAtomic } from '../../platform/files.js';
import { drawImageRows, type ImageRow } from '../draw/imageRows.js';
import { standaloneSvg } from '../draw/standalone.js';
import { light } from '../palette.js';
import { loadRasterizer } from '../rasterizer.js';

/** More rows would make a sheet unreadable. */
export const MAX_ROWS = 26;

/**
 * Writes a PNG file with rows of images.
 *
 * @param shape of each image
 * @throws {InklingError} when the file cannot be written
 */
export async function writeImageRows(rows: readonly ImageRow[], shape: Shape, file: string): Promise<void> {
  const svg = standaloneSvg(drawImageRows(rows, shape));
  writeFileAtomic(file, (await loadRasterizer())(svg, light.background));
}
