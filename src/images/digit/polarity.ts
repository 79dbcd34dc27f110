import type { Plane } from '../decodedImage.js';
import { type Box, resize } from '../resize/resize.js';
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
  const drawing = boundsOfDrawing(small);
  const inverse = { ...small, values: inverseOf(small.values) };
  const sides = SQUARES.map((share) => 2 * Math.max(1, Math.ceil((share * shorter) / 2)) + 1);
  const responsesTo = (side: number) => ({
    dark: responseOf(small, drawing, side),
    light: responseOf(inverse, drawing, side),
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

function inverseOf(values: Float32Array): Float32Array {
  const inverse = new Float32Array(values.length);
  for (let pixel = 0; pixel < values.length; pixel++) inverse[pixel] = 1 - values[pixel];
  return inverse;
}

/** How much a closing changes; a few pixels of high contrast weigh more than many of low contrast. */
function responseOf(plane: Plane, drawing: Box, side: number): number {
  // A closing changes nothing farther from the drawing, and the margin keeps what surrounds it in every window.
  const { width, height, values } = crop(plane, drawing, (side + 1) / 2);
  const closed = closing({ width, height, values }, side).values;
  let sum = 0;
  for (let pixel = 0; pixel < closed.length; pixel++) {
    const change = closed[pixel] - values[pixel];
    sum += change * change * change;
  }
  return sum;
}

/** The bounds of the pixels that differ from the first one: those of a drawing on even paper, or the whole plane where there is noise. */
function boundsOfDrawing({ width, height, values }: Plane): Box {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (values[pixel] === values[0]) continue;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      bottom = y + 1;
    }
  }
  return right === 0 ? { left: 0, top: 0, right: 0, bottom: 0 } : { left, top, right, bottom };
}

/** A part of a plane with a margin around it, as far as the plane extends. */
function crop({ width, height, values }: Plane, { left, top, right, bottom }: Box, margin: number): Plane {
  const [firstColumn, firstRow] = [Math.max(0, left - margin), Math.max(0, top - margin)];
  const [columns, rows] = [
    Math.min(width, right + margin) - firstColumn,
    Math.min(height, bottom + margin) - firstRow,
  ];
  if (columns === width && rows === height) return { width, height, values };
  const part = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const start = (firstRow + row) * width + firstColumn;
    part.set(values.subarray(start, start + columns), row * columns);
  }
  return { width: columns, height: rows, values: part };
}
