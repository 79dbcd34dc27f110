import { MAX_BYTE } from '../../core/pixels.js';
import type { Shape } from '../../core/shape.js';

/** Partial blocks, from none to seven eighths. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Indexed by whether the upper and the lower half are filled. */
const HALVES = [
  [' ', '▄'],
  ['▀', '█'],
];
/** Wider images are downscaled. */
const MAX_IMAGE_WIDTH = 16;
/** A brighter pixel is filled. The threshold is low, so that thin strokes survive downscaling. */
const FILLED = MAX_BYTE / 3;

/**
 * Formats a bar of block characters.
 *
 * @param fraction of the longest bar's length, from 0 to 1
 * @param width the longest bar's number of characters
 */
export function formatBlockBar(fraction: number, width: number): string {
  const eighths = Math.round(fraction * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

/**
 * Formats an image as half blocks, with two pixels per character. Large images are downscaled by an integer factor.
 *
 * @param pixels `[height, width, channels]`, from 0 to 255
 * @returns lines of equal length
 */
export function formatImage(pixels: Uint8Array, [height, width, channels]: Shape): string[] {
  const factor = Math.ceil(width / MAX_IMAGE_WIDTH);
  const [rows, columns] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  const isFilled = (row: number, column: number): number => {
    let sum = 0;
    let count = 0;
    for (let y = row * factor; y < Math.min((row + 1) * factor, height); y++) {
      for (let x = column * factor; x < Math.min((column + 1) * factor, width); x++) {
        for (let channel = 0; channel < channels; channel++) {
          sum += pixels[(y * width + x) * channels + channel];
          count++;
        }
      }
    }
    return sum > FILLED * count ? 1 : 0;
  };
  return Array.from({ length: Math.ceil(rows / 2) }, (_, line) =>
    Array.from(
      { length: columns },
      (_, column) => HALVES[isFilled(2 * line, column)][isFilled(2 * line + 1, column)],
    ).join(''),
  );
}
