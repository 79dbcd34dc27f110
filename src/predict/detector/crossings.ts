const SIDE = 28;
/** Pixels above it are ink. */
const INK = 0.4;
/** Rows and columns are counted in pairs. */
const PAIRS = SIDE / 2;

/** The number of crossings of an image: of 14 pairs of rows and 14 pairs of columns. */
export const CROSSINGS = 2 * PAIRS;

/**
 * How many strokes each pair of rows and each pair of columns crosses, which tells shapes apart whose strokes run alike: an
 * H that is narrow at the top from a 4, or a ring with something inside from a 0.
 *
 * @param pixels `[28, 28]`, from 0 to 1
 * @returns `[28]`: of rows from the top, then of columns from the left
 */
export function crossingsOf(pixels: Float32Array): Uint8Array {
  const crossings = new Uint8Array(CROSSINGS);
  for (let at = 0; at < pixels.length; at++) {
    if (pixels[at] <= INK) continue;
    const x = at % SIDE;
    if (x === 0 || pixels[at - 1] <= INK) crossings[(at / SIDE) >> 1]++;
    if (at < SIDE || pixels[at - SIDE] <= INK) crossings[PAIRS + (x >> 1)]++;
  }
  return crossings;
}
