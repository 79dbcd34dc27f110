import type { Stroke } from '../../components/draw/strokes.js';
import { rasterizeStrokes } from '../../components/draw/rasterize.js';

const MAX_BYTE = 255;

/** A drawing as an image: black on white, always of the same size. */
export function imageOfStrokes(strokes: readonly Stroke[]): ImageData {
  const { width, height, values } = rasterizeStrokes(strokes);
  const image = new ImageData(width, height);
  values.forEach((ink, i) => {
    const level = MAX_BYTE * (1 - ink);
    image.data.set([level, level, level, MAX_BYTE], 4 * i);
  });
  return image;
}
