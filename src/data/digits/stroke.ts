import type { Random } from '../../core/random.js';
import { normal } from './normal.js';
import type { Point, SkeletonPoint } from './skeletons.js';

/** How far a hand strays from the skeleton, as standard deviations in hundredths of the digit's height. */
const STROKE_SHIFT = 3;
const POINT_WOBBLE = 5;
/** How far a stroke's ends overshoot or fall short, as a standard deviation in shares of the way to the next point. */
const OVERSHOOT = 0.15;

const STEPS_PER_SPAN = 6;

/** One stroke as a hand draws it: a polyline that follows `skeleton` loosely. */
export function drawStroke(skeleton: readonly SkeletonPoint[], random: Random): Point[] {
  const shift = { x: normal(random, STROKE_SHIFT), y: normal(random, STROKE_SHIFT) };
  const points = skeleton.map(({ x, y, corner }) => ({
    x: x + shift.x + normal(random, POINT_WOBBLE),
    y: y + shift.y + normal(random, POINT_WOBBLE),
    corner,
  }));
  const last = points.length - 1;
  points[0] = extend(points[0], points[1], normal(random, OVERSHOOT));
  points[last] = extend(points[last], points[last - 1], normal(random, OVERSHOOT));
  return spline(points);
}

/** Moves a stroke's end away from its neighbour by `share` of their distance. */
function extend(end: SkeletonPoint, neighbour: Point, share: number): SkeletonPoint {
  return { ...end, x: end.x + (end.x - neighbour.x) * share, y: end.y + (end.y - neighbour.y) * share };
}

/** A Catmull-Rom spline through `points`, with a kink at each corner. */
function spline(points: readonly SkeletonPoint[]): Point[] {
  const line: Point[] = [points[0]];
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i];
    const to = points[i + 1];
    const before = i === 0 || from.corner ? from : points[i - 1];
    const after = i + 2 === points.length || to.corner ? to : points[i + 2];
    for (let step = 1; step <= STEPS_PER_SPAN; step++) {
      const t = step / STEPS_PER_SPAN;
      line.push({
        x: interpolate(before.x, from.x, to.x, after.x, t),
        y: interpolate(before.y, from.y, to.y, after.y, t),
      });
    }
  }
  return line;
}

/**
 * The cubic that runs from b (t = 0) to c (t = 1), with slopes (c - a) / 2 and (d - b) / 2 there.
 * Source: E. Catmull and R. Rom, "A class of local interpolating splines", 1974.
 */
function interpolate(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
