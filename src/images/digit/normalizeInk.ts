import { InklingError } from '../../core/errors.js';
import type { Plane } from '../decodedImage.js';
import { resize } from '../resize/resize.js';

/** MNIST's images have 28 × 28 pixels, and their digits fit into a box of 20 × 20. */
const BOX_SHARE = 20 / 28;
/** Pixels with at least this much ink count when the bounds of a digit are determined. */
export const MIN_INK = 0.2;

/**
 * Scales ink to fit the box and centers its mass.
 *
 * @throws {InklingError} when there is no ink
 */
export function normalizeInk(ink: Plane, size: number): Float32Array {
  if (!ink.values.some((value) => value >= MIN_INK))
    throw new InklingError('no ink found; expected a drawing');
  return centerMass(fitToBox(ink, Math.round(BOX_SHARE * size)), size);
}

/** Scales the ink until its width or height fills a square box. */
function fitToBox(ink: Plane, boxSize: number): Plane {
  let [left, top, right, bottom] = [ink.width, ink.height, 0, 0];
  for (let pixel = 0; pixel < ink.values.length; pixel++) {
    if (ink.values[pixel] < MIN_INK) continue;
    const y = Math.floor(pixel / ink.width);
    const x = pixel - y * ink.width;
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y + 1);
  }
  const scale = boxSize / Math.max(right - left, bottom - top);
  const fitted = (length: number) => Math.max(1, Math.round(length * scale));
  return resize(ink, fitted(right - left), fitted(bottom - top), { left, top, right, bottom });
}

/** Moves the ink by whole pixels until its center of mass is at the center of the image, keeping all of it inside. */
function centerMass({ width, height, values }: Plane, size: number): Float32Array {
  let [mass, momentX, momentY] = [0, 0, 0];
  values.forEach((value, pixel) => {
    mass += value;
    momentX += value * (pixel % width);
    momentY += value * Math.floor(pixel / width);
  });
  const left = offsetOf(momentX / mass, width, size);
  const top = offsetOf(momentY / mass, height, size);
  const image = new Float32Array(size * size);
  for (let row = 0; row < height; row++) {
    image.set(values.subarray(row * width, (row + 1) * width), (top + row) * size + left);
  }
  return image;
}

/** The offset that moves the center of mass to the middle pixel, as in MNIST, limited so that the ink stays inside. */
function offsetOf(centerOfMass: number, length: number, size: number): number {
  return Math.min(size - length, Math.max(0, Math.round(size / 2 - centerOfMass)));
}
