import type { Plane } from '../decodedImage.js';
import { resize } from '../resize.js';
import { closing } from './morphology.js';

/** The longer side of the image that is examined, in pixels. */
const MAX_SIDE = 64;
/** The sides of the squares, as shares of that image's shorter side. */
const SQUARES = [0.03, 0.05, 0.08, 0.12, 0.18, 0.25];
/** The share of the final response that decides. */
const DECISIVE = 0.2;

/**
 * Whether the drawing is darker than the paper. Strokes are narrower than the loops and gaps between them: closings with growing squares
 * fill dark strokes before openings remove the paper between them, and vice versa. The polarity is that of the larger response to
 * the first square which responds to a fair share of all there is. Source: G. Matheron, "Random Sets and Integral Geometry", 1975
 * (granulometry).
 */
export function isDarkOnLight(image: Plane): boolean {
  const scale = Math.min(1, MAX_SIDE / Math.max(image.width, image.height));
  const shorter = scale * Math.min(image.width, image.height);
  // The edge is repeated outside, so that a margin between a line and the edge is no gap.
  const margin = Math.ceil(SQUARES[SQUARES.length - 1] * shorter);
  const padded = (length: number) => Math.max(1, Math.round(length * scale)) + 2 * margin;
  const small = resize(image, padded(image.width), padded(image.height), {
    left: -margin / scale,
    top: -margin / scale,
    right: image.width + margin / scale,
    bottom: image.height + margin / scale,
  });
  const inverse = { ...small, values: small.values.map((value) => 1 - value) };
  const sides = SQUARES.map((share) => 2 * Math.max(1, Math.ceil((share * shorter) / 2)) + 1);
  const responsesTo = (side: number) => ({
    dark: responseOf(small, side),
    light: responseOf(inverse, side),
  });
  const largest = sides[sides.length - 1];
  const last = responsesTo(largest);
  const enough = DECISIVE * Math.max(last.dark, last.light);
  // Squares of small images are rounded to the same sides.
  for (const side of new Set(sides)) {
    if (side === largest) break;
    const { dark, light } = responsesTo(side);
    if (Math.max(dark, light) >= enough) return dark >= light;
  }
  return last.dark >= last.light;
}

/** How much a closing changes; a few pixels of high contrast weigh more than many of low contrast. */
function responseOf(plane: Plane, side: number): number {
  const closed = closing(plane, side).values;
  let sum = 0;
  for (let pixel = 0; pixel < closed.length; pixel++) {
    const change = closed[pixel] - plane.values[pixel];
    sum += change * change * change;
  }
  return sum;
}
