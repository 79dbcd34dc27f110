import { MAX_BYTE } from '#inkling/core/pixels.js';
import type { Rgb } from '../ui/pixelCanvas.js';

const GRAY = 128;
/** Contrast that remains of an image under the colors. */
const IMAGE_CONTRAST = 0.5;

/**
 * Colors an image by its saliency: pixels without an effect are gray. A drawing keeps its shape, and an image a faint version of
 * its brightness.
 *
 * @param pixels `[height, width, channels]`, from 0 to 1; one channel is a drawing
 * @param saliency `[height, width]`, from -1 to 1
 * @param colors for pixels that support the prediction and for those that oppose it
 * @returns RGBA bytes
 */
export function colorBySaliency(
  pixels: Float32Array,
  saliency: Float32Array,
  [supporting, opposing]: readonly [Rgb, Rgb],
): Uint8ClampedArray<ArrayBuffer> {
  const channels = pixels.length / saliency.length;
  const rgba = new Uint8ClampedArray(saliency.length * 4);
  saliency.forEach((value, i) => {
    const color = value >= 0 ? supporting : opposing;
    const strength = Math.min(1, Math.abs(value) * 1.5);
    const [base, opacity] =
      channels === 1
        ? [GRAY, pixels[i] * (0.35 + 0.65 * strength)]
        : [MAX_BYTE * (1 - IMAGE_CONTRAST * (1 - mean(pixels, i * channels, channels))), 1];
    rgba.set(
      color.map((part) => base + (part - base) * strength),
      i * 4,
    );
    rgba[i * 4 + 3] = MAX_BYTE * opacity;
  });
  return rgba;
}

function mean(values: Float32Array, first: number, count: number): number {
  return values.subarray(first, first + count).reduce((sum, value) => sum + value, 0) / count;
}
