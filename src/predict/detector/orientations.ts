/** The side of the image, in pixels; cells per side; and the compass directions of gradients. */
const SIDE = 28;
const CELLS = 7;
const DIRECTIONS = 8;

/** The number of pixels of an image. */
export const DIGIT_PIXELS = SIDE * SIDE;

const CELL_SIDE = SIDE / CELLS;
const ROW = CELLS * DIRECTIONS;

/** The number of orientations of an image: `[7, 7, 8]`. */
export const ORIENTATIONS = CELLS * ROW;

/** The direction of an axis or a diagonal, from 0 to 7, by the signs of the gradient: `3 * (signX + 1) + signY + 1`. */
const DIRECTION_OF_SIGNS = [5, 4, 3, 6, 0, 2, 7, 0, 1];

/**
 * The directions in which strokes run, by place: the sum of the gradients in each cell of 4×4 pixels, resolved into eight
 * directions. Cells are smoothed with their neighbors, so that small shifts change little. Source: Liu et al., "Handwritten
 * digit recognition: benchmarking of state-of-the-art techniques", Pattern Recognition 36, 2003.
 *
 * @param pixels `[28, 28]`, from 0 to 1
 * @returns `[7, 7, 8]`, of length 1, or zeros for an image without gradients
 */
export function orientationsOf(pixels: Float32Array): Float32Array {
  const sums = smoothed(smoothed(resolvedGradients(pixels), DIRECTIONS, ROW), ROW, ORIENTATIONS);
  let total = 0;
  for (const sum of sums) total += sum;
  if (total > 0) for (let i = 0; i < sums.length; i++) sums[i] = Math.sqrt(sums[i] / total);
  return sums;
}

/** Each gradient is the sum of two vectors: one along the nearest axis, one along the nearest diagonal. */
function resolvedGradients(pixels: Float32Array): Float32Array {
  const sums = new Float32Array(ORIENTATIONS);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const at = y * SIDE + x;
      const dx = (x + 1 < SIDE ? pixels[at + 1] : 0) - (x > 0 ? pixels[at - 1] : 0);
      const dy = (y + 1 < SIDE ? pixels[at + SIDE] : 0) - (y > 0 ? pixels[at - SIDE] : 0);
      if (dx === 0 && dy === 0) continue;
      const across = Math.abs(dx);
      const down = Math.abs(dy);
      const signX = 3 * (Math.sign(dx) + 1);
      const signY = Math.sign(dy) + 1;
      const cell = Math.floor(y / CELL_SIDE) * ROW + Math.floor(x / CELL_SIDE) * DIRECTIONS;
      const axis = across > down ? signX + 1 : 3 + signY;
      sums[cell + DIRECTION_OF_SIGNS[axis]] += Math.abs(across - down);
      sums[cell + DIRECTION_OF_SIGNS[signX + signY]] += Math.SQRT2 * Math.min(across, down);
    }
  }
  return sums;
}

/** Weighs each cell with its two neighbors along one axis, 1 : 2 : 1; outside the image there is nothing. */
function smoothed(values: Float32Array, step: number, period: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let first = 0; first < values.length; first += period) {
    for (let i = first; i < first + period; i++) {
      const before = i >= first + step ? values[i - step] : 0;
      const after = i < first + period - step ? values[i + step] : 0;
      result[i] = (before + 2 * values[i] + after) / 4;
    }
  }
  return result;
}
