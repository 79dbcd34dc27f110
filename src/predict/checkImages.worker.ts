/** Replaces `checkImages.ts` in the script of workers, which classifies only the images of a data set: their size has been checked. */
import { type Shape, sizeOf } from '../core/shape.js';

export function checkImages(images: Uint8Array, shape: Shape): number {
  return images.length / sizeOf(shape);
}
