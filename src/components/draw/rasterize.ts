import { MAX_BYTE } from '#inkling/core/pixels.js';
import type { DecodedImage, Plane } from '#inkling/images/decodedImage.js';
import { boundingSquareOf, drawStrokes, type Stroke } from './strokes.js';

/** Side of the canvas on which strokes are drawn for the model, of the square that they fill, and width of the pen, in pixels. */
const SIDE = 96;
const DRAWING_SIDE = 60;
const PEN = 8;
/** Larger images are scaled down, by default. */
const MAX_IMAGE_SIDE = 480;

/**
 * Draws strokes in the center of a small canvas, with the same size and pen width whatever size they were drawn at.
 *
 * @returns opacity from 0 to 1
 */
export function rasterizeStrokes(strokes: readonly Stroke[]): Plane {
  const context = createCanvas(SIDE, SIDE);
  const { x, y, side } = boundingSquareOf(strokes);
  const scale = DRAWING_SIDE / side;
  const margin = SIDE / 2 / scale;
  drawStrokes(context, strokes, { scale, left: x - margin, top: y - margin, width: PEN });
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return {
    width: SIDE,
    height: SIDE,
    values: Float32Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i + 3] / MAX_BYTE),
  };
}

/** The pixels of an image, scaled down if its larger side exceeds a maximum. */
export function pixelsOf(image: ImageBitmap, maxSide = MAX_IMAGE_SIDE): DecodedImage {
  const scale = Math.min(1, maxSide / Math.max(image.width, image.height));
  const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * scale)));
  const context = createCanvas(width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

function createCanvas(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('this browser does not support drawing on a canvas');
  return context;
}
