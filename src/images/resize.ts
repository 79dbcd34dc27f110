import type { Plane, Size } from './decodedImage.js';

/** A rectangle in a plane, in pixels; its edges may lie between pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Resizes a box of a plane. When shrinking, each output pixel is the mean of the area it covers; when enlarging, pixels are
 * interpolated linearly. Pixels outside the plane repeat its edge.
 */
export function resize(plane: Plane, width: number, height: number, box: Box = boundsOf(plane)): Plane {
  const resizedRows = resizeRows(plane, tapsOf(box.left, box.right, width, plane.width), width);
  const { starts, indices, weights } = tapsOf(box.top, box.bottom, height, plane.height);
  const values = new Float32Array(height * width);
  const sums = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let tap = starts[y]; tap < starts[y + 1]; tap++) {
      const weight = weights[tap];
      for (let x = 0, from = indices[tap] * width; x < width; x++, from++)
        sums[x] += weight * resizedRows[from];
    }
    values.set(sums, y * width);
  }
  return { width, height, values };
}

/** Resizes each row on its own, `[height, count]`. */
function resizeRows(
  { width, height, values }: Plane,
  { starts, indices, weights }: Taps,
  count: number,
): Float32Array {
  const resized = new Float32Array(height * count);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < count; x++, to++) {
      let sum = 0;
      const end = starts[x + 1];
      for (let tap = starts[x]; tap < end; tap++) sum += weights[tap] * values[y * width + indices[tap]];
      resized[to] = sum;
    }
  }
  return resized;
}

/** The box that covers a whole plane. */
export function boundsOf({ width, height }: Size): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** The input pixels that contribute to each output pixel, and their weights. */
interface Taps {
  /** The index of each output pixel's first tap, and the number of taps. */
  readonly starts: Int32Array;
  readonly indices: Int32Array;
  readonly weights: Float64Array;
}

/** The taps of each of `count` output pixels between two edges of the input. */
function tapsOf(from: number, to: number, count: number, size: number): Taps {
  const scale = (to - from) / count;
  const reach = Math.max(scale, 1);
  const starts = new Int32Array(count + 1);
  const indices: number[] = [];
  const weights: number[] = [];
  for (let output = 0; output < count; output++) {
    starts[output] = indices.length;
    const center = from + (output + 0.5) * scale;
    let total = 0;
    for (let input = Math.floor(center - reach); input <= Math.ceil(center + reach); input++) {
      const weight = overlapOf(input + 0.5 - center, scale);
      if (weight <= 0) continue;
      indices.push(Math.min(size - 1, Math.max(0, input)));
      weights.push(weight);
      total += weight;
    }
    for (let tap = starts[output]; tap < weights.length; tap++) weights[tap] /= total;
  }
  starts[count] = indices.length;
  return { starts, indices: new Int32Array(indices), weights: new Float64Array(weights) };
}

/** How much an output pixel, `scale` input pixels wide, overlaps an input pixel whose center is at a distance from its own. */
function overlapOf(distance: number, scale: number): number {
  if (scale < 1) return 1 - Math.abs(distance);
  return Math.min(1, (scale + 1) / 2 - Math.abs(distance));
}
