import { describe, expect, it } from 'vitest';
import { formatBlockBar, formatImage } from '#inkling/cli/terminal/blocks.js';

describe('formatBlockBar', () => {
  it('has a length proportional to the fraction, in eighths of a character', () => {
    expect([0, 0.5, 0.52, 0.6, 1].map((fraction) => formatBlockBar(fraction, 6))).toEqual([
      '',
      '███',
      '███▏',
      '███▋',
      '██████',
    ]);
  });
});

describe('formatImage', () => {
  it('shows two vertically adjacent pixels per character', () => {
    const pixels = Uint8Array.from([255, 255, 0, 0, 255, 0, 255, 0, 86, 85, 84, 200]);
    expect(formatImage(pixels, [3, 4, 1])).toEqual(['█▀▄ ', '▀  ▀']);
  });

  it('downscales a large image, and averages its channels', () => {
    const pixels = new Uint8Array(17 * 17 * 3);
    // Of the first 2×2 pixels two are yellow and one is white: 7 of 12 values.
    for (const [place, color] of [
      [0, [255, 255, 0]],
      [1, [255, 255, 255]],
      [17, [255, 255, 0]],
    ] as const) {
      pixels.set(color, place * 3);
    }
    // The last pixel is the only one in its square.
    pixels.fill(255, pixels.length - 3);
    const lines = formatImage(pixels, [17, 17, 3]);
    expect(lines.map(({ length }) => length)).toEqual([9, 9, 9, 9, 9]);
    expect(lines.map((line) => line.trimEnd())).toEqual(['▀', '', '', '', '        ▀']);
  });
});
