import type { Shape } from '../../core/shape.js';

/**
 * Moves an image by whole pixels; what comes into view repeats the pixels at the edge.
 *
 * @param pixels `[height, width, channels]`
 * @param down and `right` may be negative
 */
export function shiftImage(
  pixels: Uint8Array,
  [height, width, channels]: Shape,
  down: number,
  right: number,
): Float64Array {
  const moved = new Float64Array(pixels.length);
  for (let y = 0; y < height; y++) {
    const row = clamp(y - down, height - 1) * width;
    for (let x = 0; x < width; x++) {
      const from = (row + clamp(x - right, width - 1)) * channels;
      for (let channel = 0; channel < channels; channel++) {
        moved[(y * width + x) * channels + channel] = pixels[from + channel];
      }
    }
  }
  return moved;
}

/**
 * Rotates an image about its center with bilinear interpolation; what comes into view repeats the pixels at the edge.
 *
 * @param pixels `[height, width, channels]`
 * @param degrees counterclockwise
 */
export function rotateImage(
  pixels: Uint8Array,
  [height, width, channels]: Shape,
  degrees: number,
): Float64Array {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [centerY, centerX] = [(height - 1) / 2, (width - 1) / 2];
  const rotated = new Float64Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const fromY = clamp(centerY + cos * (y - centerY) + sin * (x - centerX), height - 1);
      const fromX = clamp(centerX - sin * (y - centerY) + cos * (x - centerX), width - 1);
      const [top, left] = [Math.floor(fromY), Math.floor(fromX)];
      const [bottom, right] = [Math.min(top + 1, height - 1), Math.min(left + 1, width - 1)];
      const [shareY, shareX] = [fromY - top, fromX - left];
      for (let channel = 0; channel < channels; channel++) {
        const at = (row: number, column: number) => pixels[(row * width + column) * channels + channel];
        rotated[(y * width + x) * channels + channel] =
          (1 - shareY) * ((1 - shareX) * at(top, left) + shareX * at(top, right)) +
          shareY * ((1 - shareX) * at(bottom, left) + shareX * at(bottom, right));
      }
    }
  }
  return rotated;
}

function clamp(position: number, last: number): number {
  return Math.min(Math.max(position, 0), last);
}
