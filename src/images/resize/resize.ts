import type { Plane, Size } from '../decodedImage.js';

/** A rectangle in a plane, in pixels; its edges may lie between pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Taps are added in groups of this size. */
const TAPS = 4;
/** Rows are resized in blocks that fit into the fastest cache, all of them with the same weights at a time. */
const BLOCK_ROWS = 16;

/**
 * Resizes a box of a plane. When shrinking, each output pixel is the mean of the area it covers; when enlarging, pixels are
 * interpolated linearly. Pixels outside the plane repeat its edge.
 */
export function resize(plane: Plane, width: number, height: number, box: Box = boundsOf(plane)): Plane {
  const rows = resizeRows(plane, tapsOf(box.left, box.right, width, plane.width), width);
  const { perOutput, indices, weights } = tapsOf(box.top, box.bottom, height, plane.height);
  const values = new Float32Array(height * width);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    // Four rows at a time: the sums would otherwise be stored for each of them.
    for (let tap = perOutput * y; tap < perOutput * (y + 1); tap += TAPS) {
      const [w0, w1, w2, w3] = [weights[tap], weights[tap + 1], weights[tap + 2], weights[tap + 3]];
      let from0 = indices[tap] * width;
      let from1 = indices[tap + 1] * width;
      let from2 = indices[tap + 2] * width;
      let from3 = indices[tap + 3] * width;
      for (let x = 0; x < width; x++) {
        sums[x] = sums[x] + w0 * rows[from0++] + w1 * rows[from1++] + w2 * rows[from2++] + w3 * rows[from3++];
      }
    }
    values.set(sums, y * width);
  }
  return { width, height, values };
}

/** Resizes each row on its own, `[height, count]`. */
function resizeRows(plane: Plane, { perOutput, indices, weights }: Taps, count: number): Float32Array {
  const { width, height, values } = plane;
  const resized = new Float32Array(height * count);
  const sums = new Float64Array(BLOCK_ROWS);
  for (let top = 0; top < height; top += BLOCK_ROWS) {
    const rows = Math.min(BLOCK_ROWS, height - top);
    for (let x = 0; x < count; x++) {
      sums.fill(0);
      for (let tap = perOutput * x; tap < perOutput * (x + 1); tap += TAPS) {
        const [w0, w1, w2, w3] = [weights[tap], weights[tap + 1], weights[tap + 2], weights[tap + 3]];
        const start = top * width;
        let from0 = start + indices[tap];
        let from1 = start + indices[tap + 1];
        let from2 = start + indices[tap + 2];
        let from3 = start + indices[tap + 3];
        for (let y = 0; y < rows; y++) {
          sums[y] =
            sums[y] + w0 * values[from0] + w1 * values[from1] + w2 * values[from2] + w3 * values[from3];
          from0 += width;
          from1 += width;
          from2 += width;
          from3 += width;
        }
      }
      for (let y = 0, to = top * count + x; y < rows; y++, to += count) resized[to] = sums[y];
    }
  }
  return resized;
}

/** The box that covers a whole plane. */
export function boundsOf({ width, height }: Size): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** The input pixels that contribute to each output pixel, and their weights; those that are missing in the last group have no weight. */
interface Taps {
  /** The number of taps of each output pixel, a multiple of `TAPS`. */
  readonly perOutput: number;
  readonly indices: Int32Array;
  readonly weights: Float64Array;
}

/** The taps of each of `count` output pixels between two edges of the input. */
function tapsOf(from: number, to: number, count: number, size: number): Taps {
  const scale = (to - from) / count;
  const reach = Math.max(scale, 1);
  const perOutput = TAPS * Math.ceil((2 * reach + 3) / TAPS);
  const indices = new Int32Array(perOutput * count);
  const weights = new Float64Array(perOutput * count);
  let most = 0;
  for (let output = 0; output < count; output++) {
    const center = from + (output + 0.5) * scale;
    const start = perOutput * output;
    let [tap, total] = [start, 0];
    for (let input = Math.floor(center - reach); input <= Math.ceil(center + reach); input++) {
      const weight = overlapOf(input + 0.5 - center, scale);
      if (weight <= 0) continue;
      indices[tap] = Math.min(size - 1, Math.max(0, input));
      weights[tap++] = weight;
      total += weight;
    }
    most = Math.max(most, tap - start);
    while (tap > start) weights[--tap] /= total;
  }
  return trim({ perOutput, indices, weights }, TAPS * Math.ceil(most / TAPS), count);
}

/** Leaves out groups that no output pixel needs. */
function trim({ perOutput, indices, weights }: Taps, needed: number, count: number): Taps {
  if (needed === perOutput) return { perOutput, indices, weights };
  for (let output = 0; output < count; output++) {
    const start = perOutput * output;
    indices.copyWithin(needed * output, start, start + needed);
    weights.copyWithin(needed * output, start, start + needed);
  }
  return { perOutput: needed, indices, weights };
}

/** How much an output pixel, `scale` input pixels wide, overlaps an input pixel whose center is at a distance from its own. */
function overlapOf(distance: number, scale: number): number {
  if (scale < 1) return 1 - Math.abs(distance);
  return Math.min(1, (scale + 1) / 2 - Math.abs(distance));
}
