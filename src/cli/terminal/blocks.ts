import type { Shape } from '../../core/shape.js';

/** Parts of a block, from none to seven eighths. */
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** By whether there is ink above, and below. */
const HALVES = [
  [' ', '▄'],
  ['▀', '█'],
];
/** An image is made smaller until it has at most as many columns. */
const WIDEST_IMAGE = 16;
/** A pixel brighter than this is ink; thin strokes stay whole when they are made smaller. */
const INK = 255 / 3;

/**
 * A bar of block characters.
 *
 * @param fraction of the longest bar, from 0 to 1
 * @param width characters of the longest bar
 */
export function formatBlockBar(fraction: number, width: number): string {
  const eighths = Math.round(fraction * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}

/**
 * An image in half blocks, two pixels a character, made smaller by a whole factor where it is large.
 *
 * @param pixels `[height, width, channels]`, from 0 to 255
 * @returns lines of equal length
 */
export function formatImage(pixels: Uint8Array, [height, width, channels]: Shape): string[] {
  const factor = Math.ceil(width / WIDEST_IMAGE);
  const [rows, columns] = [Math.ceil(height / factor), Math.ceil(width / factor)];
  const hasInk = (row: number, column: number): number => {
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
    return sum > INK * count ? 1 : 0;
  };
  return Array.from({ length: Math.ceil(rows / 2) }, (_, line) =>
    Array.from(
      { length: columns },
      (_, column) => HALVES[hasInk(2 * line, column)][hasInk(2 * line + 1, column)],
    ).join(''),
  );
}
