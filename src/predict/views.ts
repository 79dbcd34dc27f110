import { z } from 'zod';
import type { Shape } from '../core/shape.js';

const MOST_PIXELS = 8;

/** How else an image is looked at before the network's answers to all views are averaged. */
export const viewsSchema = z.strictObject({
  flip: z.boolean().default(false).describe('include a horizontally mirrored view'),
  shift: z
    .int()
    .min(0)
    .max(MOST_PIXELS)
    .default(0)
    .describe('include views shifted by this many pixels in each direction'),
});

/** Which views; complete. */
export type ViewSettings = Readonly<z.output<typeof viewsSchema>>;

/** What a view makes of an image's pixels: `[height, width, channels]` both. */
export type View = (pixels: Uint8Array) => Uint8Array;

/**
 * All views of an image, the first of which is the image itself: one; with `flip` twice, with `shift` five times as many.
 *
 * @param shape of the image, `[height, width, channels]`
 */
export function viewsOf({ flip, shift }: ViewSettings, shape: Shape): View[] {
  const moved = [-shift, shift].flatMap((by) => [
    [by, 0],
    [0, by],
  ]);
  const moves = [[0, 0], ...(shift === 0 ? [] : moved)];
  return (flip ? [false, true] : [false]).flatMap((isMirrored) =>
    moves.map(
      ([down, right]) =>
        (pixels: Uint8Array) =>
          look(pixels, shape, isMirrored, down, right),
    ),
  );
}

/** What they are called in a table: `flip, shift=1`. */
export function formatViews({ flip, shift }: ViewSettings): string {
  return [...(flip ? ['flip'] : []), ...(shift > 0 ? [`shift=${shift}`] : [])].join(', ') || 'none';
}

/** Zeros come in where the image is moved away. */
function look(
  pixels: Uint8Array,
  [height, width, channels]: Shape,
  isMirrored: boolean,
  down: number,
  right: number,
): Uint8Array {
  const seen = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromY, movedX] = [y - down, x - right];
      const fromX = isMirrored ? width - 1 - movedX : movedX;
      if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) continue;
      const from = (fromY * width + fromX) * channels;
      seen.set(pixels.subarray(from, from + channels), (y * width + x) * channels);
    }
  }
  return seen;
}
