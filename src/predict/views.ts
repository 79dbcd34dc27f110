import type { Shape } from '../core/shape.js';
import type { ViewSettings } from './viewSettings.js';

/** Transforms the pixels of an image, `[height, width, channels]`. */
export type View = (pixels: Uint8Array) => Uint8Array;

/**
 * The views of an image, of which the first is the image itself. `flip` doubles their number, `shift` multiplies it by five.
 *
 * @param shape of the image, `[height, width, channels]`
 */
export function viewsOf({ flip, shift }: ViewSettings, shape: Shape): View[] {
  const moved = [-shift, shift].flatMap((by) => [
    [by, 0],
    [0, by],
  ]);
  const moves = [[0, 0], ...(shift === 0 ? [] : moved)];
  return (flip ? [false, true] : [false]).flatMap((isFlipped) =>
    moves.map(
      ([down, right]) =>
        (pixels: Uint8Array) =>
          transform(pixels, shape, isFlipped, down, right),
    ),
  );
}

/** Shifts and flips an image; pixels from outside are zero. */
function transform(
  pixels: Uint8Array,
  [height, width, channels]: Shape,
  isFlipped: boolean,
  down: number,
  right: number,
): Uint8Array {
  const view = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromY, movedX] = [y - down, x - right];
      const fromX = isFlipped ? width - 1 - movedX : movedX;
      if (fromY < 0 || fromY >= height || fromX < 0 || fromX >= width) continue;
      const from = (fromY * width + fromX) * channels;
      view.set(pixels.subarray(from, from + channels), (y * width + x) * channels);
    }
  }
  return view;
}
