import { MAX_BYTE, toBytes } from '../core/pixels.js';
import type { Shape } from '../core/shape.js';
import type { Saliency } from './explainer.js';
import { colorBySaliency, SIGN_COLORS } from './saliencyColors.js';

/** Smaller images are enlarged by a whole factor up to this height or width. */
const MIN_SIDE = 224;
/** Between the two images, in pixels. */
const GAP = 8;

/** An RGB image, `[height, width, 3]`. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 3;
  readonly data: Uint8Array;
}

/**
 * A model's input, and beside it the same colored by its saliency.
 *
 * @param pixels `[height, width, channels]`, from 0 to 1
 */
export function explanationImage(
  pixels: Float32Array,
  [height, width, channels]: Shape,
  saliency: Saliency,
): RgbImage {
  const bytes = toBytes(pixels);
  const original = (pixel: number, color: number) => bytes[pixel * channels + (channels === 3 ? color : 0)];
  const colors = colorBySaliency(pixels, saliency, SIGN_COLORS);
  // On black, which is the paper of a drawing.
  const colored = (pixel: number, color: number) =>
    (colors[4 * pixel + color] * colors[4 * pixel + 3]) / MAX_BYTE;
  const scale = Math.max(1, Math.floor(MIN_SIDE / Math.max(height, width)));
  const [rows, columns] = [height * scale, width * scale];
  const image = { width: 2 * columns + GAP, height: rows, channels: 3 } as const;
  const data = new Uint8Array(3 * image.width * rows).fill(MAX_BYTE);
  for (const [left, valueOf] of [
    [0, original],
    [columns + GAP, colored],
  ] as const) {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const pixel = Math.floor(y / scale) * width + Math.floor(x / scale);
        for (let color = 0; color < 3; color++) {
          data[3 * (y * image.width + left + x) + color] = Math.round(valueOf(pixel, color));
        }
      }
    }
  }
  return { ...image, data };
}
