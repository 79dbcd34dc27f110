import type { Shape } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { datasetInputKind } from '../../data/inputKind.js';
import { writeFileAtomic } from '../../platform/files.js';
import type { Drawing } from '../document.js';
import { standaloneSvg } from '../draw/standalone.js';
import { light } from '../palette.js';
import { loadRasterizer } from '../rasterizer.js';

/**
 * Writes a PNG file with a drawing.
 *
 * @throws {InklingError} when the file cannot be written
 */
export async function writeDrawing(drawing: Drawing, file: string): Promise<void> {
  writeFileAtomic(file, (await loadRasterizer())(standaloneSvg(drawing), light.background));
}

/** How the images of a data set are drawn. */
export interface DrawnImages {
  readonly shape: Shape;
  readonly pixelsOf: (pixels: Uint8Array) => Uint8Array;
}

/** Drawings in one channel are drawn in the color of ink, which would show a grayscale photo as its negative. */
export function drawnImages(dataset: Dataset): DrawnImages {
  const [height, width, channels] = dataset.shape;
  const isGrayPhoto = channels === 1 && datasetInputKind(dataset) !== 'digit';
  return isGrayPhoto
    ? { shape: [height, width, 3], pixelsOf: rgbOf }
    : { shape: dataset.shape, pixelsOf: (pixels) => pixels };
}

function rgbOf(gray: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: 3 * gray.length }, (_, i) => gray[Math.floor(i / 3)]);
}
