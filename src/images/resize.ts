import type { Plane } from './picture.js';

/** A part of a plane; its edges may lie between pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A part of a plane at another size. Each new pixel is the mean of the area it covers; one that covers less than a pixel
 * is interpolated. Outside of the plane its edge goes on.
 */
export function resize(plane: Plane, width: number, height: number, box: Box = wholeOf(plane)): Plane {
  const columns = tapsOf(box.left, box.right, width, plane.width);
  const rows = tapsOf(box.top, box.bottom, height, plane.height);
  const squeezed = new Float32Array(plane.height * width);
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < width; x++) {
      squeezed[y * width + x] = weigh(plane.values, columns[x], y * plane.width, 1);
    }
  }
  const values = new Float32Array(height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) values[y * width + x] = weigh(squeezed, rows[y], x, width);
  }
  return { width, height, values };
}

export function wholeOf({ width, height }: { width: number; height: number }): Box {
  return { left: 0, top: 0, right: width, bottom: height };
}

/** Which old pixels make a new one, and how much each counts. */
interface Taps {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

/** The old pixels that each of `count` new ones covers between two edges. */
function tapsOf(from: number, to: number, count: number, size: number): Taps[] {
  const scale = (to - from) / count;
  const reach = Math.max(scale, 1);
  return Array.from({ length: count }, (_, at) => {
    const centre = from + (at + 0.5) * scale;
    const places: number[] = [];
    const weights: number[] = [];
    for (let place = Math.floor(centre - reach); place <= Math.ceil(centre + reach); place++) {
      const weight = shareOf(place + 0.5 - centre, scale);
      if (weight <= 0) continue;
      places.push(Math.min(size - 1, Math.max(0, place)));
      weights.push(weight);
    }
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return { places, weights: weights.map((weight) => weight / total) };
  });
}

/** How much of a new pixel, `scale` old ones wide, falls on an old one at a distance from its middle. */
function shareOf(distance: number, scale: number): number {
  if (scale < 1) return 1 - Math.abs(distance);
  return Math.min(1, (scale + 1) / 2 - Math.abs(distance));
}

function weigh(values: Float32Array, { places, weights }: Taps, start: number, stride: number): number {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += weights[i] * values[start + places[i] * stride];
  return sum;
}
