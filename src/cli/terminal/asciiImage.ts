import type { Shape } from '../../core/shape.js';

/** Characters by brightness, darkest first. */
const LEVELS = ' .:-=+*#%@';

/**
 * Formats an image as text with two characters per pixel, since a character is about twice as high as it is wide.
 *
 * @param image `[height, width, channels]`, from 0 to 1
 */
export function formatAsciiImage(image: Float32Array, [height, width, channels]: Shape): string[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const start = (y * width + x) * channels;
      const pixel = image.subarray(start, start + channels);
      const mean = pixel.reduce((sum, value) => sum + value, 0) / channels;
      return LEVELS[Math.min(LEVELS.length - 1, Math.floor(mean * LEVELS.length))].repeat(2);
    })
      .join('')
      .trimEnd(),
  );
}
