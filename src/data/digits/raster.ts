import type { Pen } from './pen.js';
import type { Point } from './skeletons.js';

/** Height and width of an image, in pixels. */
export const IMAGE_SIZE = 28;
/** The side of the box that the digit is scaled to fit, in pixels. */
const BOX_SIZE = 20;
/** The width of the soft edge of strokes in pixels, chosen to match MNIST's share of gray pixels. */
const EDGE_WIDTH = 1.5;

/**
 * Draws strokes into a blank image like MNIST's: scaled to fit a box of 20×20 pixels, then moved by whole pixels until their
 * center of mass is at the center of the image.
 *
 * @param strokes polylines in any unit, y downward
 * @param image `[28, 28]`, all 0
 */
export function rasterize(strokes: readonly (readonly Point[])[], pen: Pen, image: Uint8Array): void {
  const fit = fitToBox(strokes.flat(), BOX_SIZE - 2 * pen.radius);
  const coverage = new Float64Array(BOX_SIZE * BOX_SIZE);
  let n = 0;
  for (const stroke of strokes) {
    const line = stroke.map(fit);
    for (let i = 1; i < line.length; i++) coverSegment(coverage, line[i - 1], line[i], pen.radiusAt(n++));
  }
  const gray = coverage.map((share) => Math.round(pen.ink * smoothstep(share)));
  copyCentered(gray, image);
}

/** Scales points until their height or width is `size` pixels, and centers them in the box. */
function fitToBox(points: readonly Point[], size: number): (point: Point) => Point {
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const { x, y } of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const scale = size / Math.max(right - left, bottom - top);
  const shiftX = BOX_SIZE / 2 - (scale * (left + right)) / 2;
  const shiftY = BOX_SIZE / 2 - (scale * (top + bottom)) / 2;
  return ({ x, y }) => ({ x: x * scale + shiftX, y: y * scale + shiftY });
}

/** Draws a line segment with a round pen, raising `coverage` where the segment covers more. */
function coverSegment(coverage: Float64Array, from: Point, to: Point, radius: number): void {
  const reach = radius + EDGE_WIDTH / 2;
  const left = Math.max(0, Math.floor(Math.min(from.x, to.x) - reach));
  const right = Math.min(BOX_SIZE, Math.ceil(Math.max(from.x, to.x) + reach));
  const top = Math.max(0, Math.floor(Math.min(from.y, to.y) - reach));
  const bottom = Math.min(BOX_SIZE, Math.ceil(Math.max(from.y, to.y) + reach));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const perLength = 1 / Math.max(dx * dx + dy * dy, Number.EPSILON);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const x = column + 0.5 - from.x;
      const y = row + 0.5 - from.y;
      const along = Math.min(1, Math.max(0, (x * dx + y * dy) * perLength));
      const awayX = x - along * dx;
      const awayY = y - along * dy;
      const squaredDistance = awayX * awayX + awayY * awayY;
      if (squaredDistance >= reach * reach) continue;
      const share = (reach - Math.sqrt(squaredDistance)) / EDGE_WIDTH;
      const index = row * BOX_SIZE + column;
      if (share > coverage[index]) coverage[index] = share;
    }
  }
}

/** Maps coverage to ink, both from 0 to 1, by a smoothstep function. */
function smoothstep(coverage: number): number {
  const share = Math.min(1, coverage);
  return share * share * (3 - 2 * share);
}

/** Copies the box into the image so that its center of mass is at the center of the image. */
function copyCentered(gray: Float64Array, image: Uint8Array): void {
  let mass = 0;
  let momentX = 0;
  let momentY = 0;
  for (let index = 0; index < gray.length; index++) {
    mass += gray[index];
    momentX += gray[index] * (index % BOX_SIZE);
    momentY += gray[index] * Math.floor(index / BOX_SIZE);
  }
  const left = offsetOf(momentX / mass);
  const top = offsetOf(momentY / mass);
  for (let row = 0; row < BOX_SIZE; row++) {
    image.set(gray.subarray(row * BOX_SIZE, (row + 1) * BOX_SIZE), (top + row) * IMAGE_SIZE + left);
  }
}

/** The offset of the box that moves its center of mass to pixel 14 of 28, as in MNIST, limited so that it stays inside. */
function offsetOf(centerOfMass: number): number {
  return Math.min(IMAGE_SIZE - BOX_SIZE, Math.max(0, Math.round(IMAGE_SIZE / 2 - centerOfMass)));
}
