import type { Rgb } from '../ui/pixelCanvas.js';

const GREY = 128;
/** How much of an image without ink is left to be seen behind the colours. */
const FAINT = 0.5;

/**
 * An image whose colour says which part of it speaks for an answer; what says little stays grey. Ink stays where it is, and
 * of a picture its brightness.
 *
 * @param pixels `[height, width, channels]`, from 0 to 1
 * @param saliency `[height, width]`, from -1 (against) to 1 (for)
 * @param colours for what supports the answer and what speaks against it
 * @returns RGBA
 */
export function colorBySaliency(
  pixels: Float32Array,
  saliency: Float32Array,
  [support, against]: readonly [Rgb, Rgb],
): Uint8ClampedArray<ArrayBuffer> {
  const channels = pixels.length / saliency.length;
  const rgba = new Uint8ClampedArray(saliency.length * 4);
  saliency.forEach((value, at) => {
    const colour = value >= 0 ? support : against;
    const share = Math.min(1, Math.abs(value) * 1.5);
    const [base, opacity] =
      channels === 1
        ? [GREY, pixels[at] * (0.35 + 0.65 * share)]
        : [255 * (1 - FAINT * (1 - mean(pixels, at * channels, channels))), 1];
    rgba.set(
      colour.map((part) => base + (part - base) * share),
      at * 4,
    );
    rgba[at * 4 + 3] = 255 * opacity;
  });
  return rgba;
}

function mean(values: Float32Array, first: number, count: number): number {
  return values.subarray(first, first + count).reduce((sum, value) => sum + value, 0) / count;
}
