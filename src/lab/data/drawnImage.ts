import type { Stroke } from '../../components/draw/strokes.js';
import { rasterizeStrokes } from '../../components/draw/rasterize.js';
import type { Drawing } from '../../components/draw/useDrawing.js';
import { MAX_BYTE } from '../pixels.js';

/** The image of a canvas, or what is drawn on it; undefined if it is empty. */
export function imageOfDrawing({ strokes, image }: Drawing): ImageBitmap | ImageData | undefined {
  if (image !== undefined) return image;
  return strokes.length === 0 ? undefined : imageOfStrokes(strokes);
}

/** Strokes as an image: black on white, always of the same size. */
export function imageOfStrokes(strokes: readonly Stroke[]): ImageData {
  const { width, height, values } = rasterizeStrokes(strokes);
  const image = new ImageData(width, height);
  values.forEach((ink, i) => {
    const level = MAX_BYTE * (1 - ink);
    image.data.set([level, level, level, MAX_BYTE], 4 * i);
  });
  return image;
}
