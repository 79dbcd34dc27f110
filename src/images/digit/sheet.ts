import type { Plane } from '../decodedImage.js';
import { type Box, resize } from '../resize/resize.js';
import { type Component, connectedComponents, largestOf, pixelCount, touchesEdge } from './components.js';
import { areaOf, convexHull, cross, type Point, simplify } from './convexHull.js';
import { otsuThreshold } from './otsu.js';
import { median } from './select.js';

/** The sheet is looked for on an image of at most this size. */
const MAX_SIDE = 128;
/** What surrounds the sheet is darker than this share of its brightness; shadows are lighter. */
const MAX_DARKNESS = 0.45;
/** Ink on the surroundings has at most this share of their brightness, at least this difference, and this share of the image. */
const MAX_INK = 0.6;
const MIN_DIFFERENCE = 0.04;
const MIN_INK_AREA = 0.004;
/** The sheet's share of the image. */
const MIN_AREA = 0.15;
const MAX_AREA = 0.99;
/** The share of the sheet that is paper, and of its surroundings that is dark. */
const MIN_PAPER = 0.6;
const MIN_DARK = 0.85;
/** A sheet is a quadrilateral; where the image cuts off corners, it has up to six. */
const MAX_CORNERS = 6;
/** The shares of the convex hull that the sheet, and the polygon, cover. A disc would cover 83 % with six corners. */
const MIN_SOLIDITY = 0.93;
const MIN_POLYGON = 0.96;
/** Pixels within this distance of the sheet's outline may show both, as a share of the image. */
const EDGE = 0.004;
/** The width of the sheet's edge and its blur, as a share of the image. */
const MARGIN = 0.012;
const UNIT_BOX: Box = { left: 0, top: 0, right: 1, bottom: 1 };

/**
 * Finds a bright sheet of paper on a dark surface, or within the dark edge of a scan: the largest bright component, if it is a
 * convex polygon of few corners and what surrounds it is dark.
 *
 * @returns the sheet's convex outline in shares of the image's width and height; undefined when the image shows no such sheet
 */
export function findSheet(brightness: Plane): Point[] | undefined {
  const scale = Math.min(1, MAX_SIDE / Math.max(brightness.width, brightness.height));
  const shrunk = (length: number) => Math.max(1, Math.round(length * scale));
  const { width, height, values } = resize(brightness, shrunk(brightness.width), shrunk(brightness.height));
  const { threshold, below, above } = otsuThreshold(values);
  if (!(below < MAX_DARKNESS * above)) return undefined;
  const bright = new Uint8Array(values.length);
  for (let pixel = 0; pixel < bright.length; pixel++) if (values[pixel] >= threshold) bright[pixel] = 1;
  const outline = outlineOf(bright, width)?.map(({ x, y }) => ({ x: x / width, y: y / height }));
  if (outline === undefined) return undefined;
  const counts = { inside: 0, paper: 0, dark: 0 };
  const outside: number[] = [];
  bright.forEach((isBright, pixel) => {
    const distance = distanceInside(outline, centerOf(pixel, UNIT_BOX, width, height));
    // Pixels on the edge show both.
    if (Math.abs(distance) < EDGE) return;
    if (distance > 0) {
      counts.inside++;
      counts.paper += isBright;
    } else {
      outside.push(values[pixel]);
      counts.dark += 1 - isBright;
    }
  });
  const isSheet = counts.paper >= MIN_PAPER * counts.inside && counts.dark >= MIN_DARK * outside.length;
  return isSheet && !showsInk(outside, values.length) ? outline : undefined;
}

/**
 * Whether each pixel of a part of the image lies inside the sheet and not on its edge.
 *
 * @param box in shares of the image's width and height
 */
export function pixelsInside(outline: readonly Point[], box: Box, width: number, height: number): Uint8Array {
  const inside = new Uint8Array(width * height);
  for (let pixel = 0; pixel < inside.length; pixel++) {
    if (distanceInside(outline, centerOf(pixel, box, width, height)) > MARGIN) inside[pixel] = 1;
  }
  return inside;
}

function centerOf(pixel: number, box: Box, width: number, height: number): Point {
  return {
    x: box.left + ((box.right - box.left) * ((pixel % width) + 0.5)) / width,
    y: box.top + ((box.bottom - box.top) * (Math.floor(pixel / width) + 0.5)) / height,
  };
}

/** Whether there is ink on what surrounds the bright area, so that it is paper as well: in a shadow. */
function showsInk(surroundings: readonly number[], pixels: number): boolean {
  const values = Float32Array.from(surroundings);
  const level = median(values);
  const ink = values.filter((value) => value < Math.min(MAX_INK * level, level - MIN_DIFFERENCE));
  return ink.length >= MIN_INK_AREA * pixels;
}

/** The outline of the largest component of a mask, if it is a large convex polygon with few corners. */
function outlineOf(mask: Uint8Array, width: number): Point[] | undefined {
  const largest = largestOf(connectedComponents(mask, width));
  if (largest === undefined) return undefined;
  const hull = convexHull(cornersOf(largest, width));
  const area = areaOf(hull);
  if (area < MIN_AREA * mask.length || area > MAX_AREA * mask.length) return undefined;
  const polygon = simplify(hull, MAX_CORNERS);
  const isSheet =
    areaOf(polygon) >= MIN_POLYGON * area &&
    filledArea(largest.pixels, mask.length, width) >= MIN_SOLIDITY * area;
  return isSheet ? polygon : undefined;
}

/** The outer corners of the first and the last pixel of each row of a component: all that its convex hull depends on. */
function cornersOf({ pixels, top, bottom }: Component, width: number): Point[] {
  const first = new Int32Array(bottom - top).fill(width);
  const last = new Int32Array(bottom - top);
  for (const pixel of pixels) {
    const row = Math.floor(pixel / width);
    const x = pixel - row * width;
    if (x < first[row - top]) first[row - top] = x;
    if (x > last[row - top]) last[row - top] = x;
  }
  return Array.from(first).flatMap((x, row) => [
    { x, y: top + row },
    { x, y: top + row + 1 },
    { x: last[row] + 1, y: top + row },
    { x: last[row] + 1, y: top + row + 1 },
  ]);
}

/** The number of pixels of a component and of the holes in it. */
function filledArea(pixels: Int32Array, count: number, width: number): number {
  const outside = new Uint8Array(count).fill(1);
  for (const pixel of pixels) outside[pixel] = 0;
  const height = count / width;
  const open = connectedComponents(outside, width).filter((component) =>
    touchesEdge(component, { width, height }),
  );
  return count - pixelCount(open);
}

/** The distance of a point from the nearest edge of a convex polygon; negative outside it. */
function distanceInside(polygon: readonly Point[], point: Point): number {
  let least = Infinity;
  for (let i = 0; i < polygon.length; i++) {
    const [a, b] = [polygon[i], polygon[(i + 1) % polygon.length]];
    least = Math.min(least, cross(a, b, point) / Math.hypot(b.x - a.x, b.y - a.y));
  }
  return least;
}
