import type { Pen } from './pen.js';
import type { Point } from './skeletons.js';

/** Height and width of an image, in pixels. */
export const IMAGE_SIZE = 28;
/** The box that the ink is scaled into, keeping its proportions. */
const BOX_SIZE = 20;
/** How many pixels the ink takes to fade from full to none; found to give MNIST's share of grey pixels. */
const EDGE = 1.5;

/**
 * Draws strokes into a blank image as MNIST's were prepared: scaled to fill a 20×20 box, then moved by whole pixels
 * until the ink's centre of mass is the image's centre.
 * @param strokes polylines in any unit, y downwards
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
  const grey = coverage.map((share) => Math.round(pen.ink * softEdge(share)));
  placeByMass(grey, image);
}

/** Moves and scales points so that they fill `size` pixels in height or width, in the middle of the box. */
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

/** Raises `coverage` to what a round pen of `radius` leaves on its way from one point to another. */
function coverSegment(coverage: Float64Array, from: Point, to: Point, radius: number): void {
  const reach = radius + EDGE / 2;
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
      const share = (reach - Math.sqrt(squaredDistance)) / EDGE;
      const at = row * BOX_SIZE + column;
      if (share > coverage[at]) coverage[at] = share;
    }
  }
}

/** 0 to 1 as coverage goes from 0 to 1, level at both ends. */
function softEdge(coverage: number): number {
  const share = Math.min(1, coverage);
  return share * share * (3 - 2 * share);
}

function placeByMass(grey: Float64Array, image: Uint8Array): void {
  let mass = 0;
  let momentX = 0;
  let momentY = 0;
  for (let at = 0; at < grey.length; at++) {
    mass += grey[at];
    momentX += grey[at] * (at % BOX_SIZE);
    momentY += grey[at] * Math.floor(at / BOX_SIZE);
  }
  const left = placeForCentre(momentX / mass);
  const top = placeForCentre(momentY / mass);
  for (let row = 0; row < BOX_SIZE; row++) {
    image.set(grey.subarray(row * BOX_SIZE, (row + 1) * BOX_SIZE), (top + row) * IMAGE_SIZE + left);
  }
}

/** Where the box begins so that its `centre` falls on pixel 14 of 28, as MNIST's does, and none of it outside. */
function placeForCentre(centre: number): number {
  return Math.min(IMAGE_SIZE - BOX_SIZE, Math.max(0, Math.round(IMAGE_SIZE / 2 - centre)));
}
