import type { Random } from '../../core/random.js';
import { normal } from './normal.js';
import type { Point, SkeletonPoint } from './skeletons.js';

/** Standard deviations of the displacement of a stroke and of each point, in hundredths of the digit's height. */
const STROKE_DEVIATION = 3;
const POINT_DEVIATION = 5;
/** The standard deviation of the overshoot at a stroke's ends, as a fraction of the distance to the next point. */
const OVERSHOOT_DEVIATION = 0.15;

/** The number of line segments between two points of a skeleton. */
const SEGMENTS_PER_SPAN = 6;

/** A handwritten stroke: a polyline that follows a skeleton with random deviations. */
export function drawStroke(skeleton: readonly SkeletonPoint[], random: Random): Point[] {
  const shift = { x: normal(random, STROKE_DEVIATION), y: normal(random, STROKE_DEVIATION) };
  const points = skeleton.map(({ x, y, corner }) => ({
    x: x + shift.x + normal(random, POINT_DEVIATION),
    y: y + shift.y + normal(random, POINT_DEVIATION),
    corner,
  }));
  const last = points.length - 1;
  points[0] = extend(points[0], points[1], normal(random, OVERSHOOT_DEVIATION));
  points[last] = extend(points[last], points[last - 1], normal(random, OVERSHOOT_DEVIATION));
  return spline(points);
}

/** Moves the end of a stroke away from its neighbor by a share of their distance. */
function extend(end: SkeletonPoint, neighbor: Point, share: number): SkeletonPoint {
  return { ...end, x: end.x + (end.x - neighbor.x) * share, y: end.y + (end.y - neighbor.y) * share };
}

/** A Catmull-Rom spline through points, with sharp corners where they are marked. */
function spline(points: readonly SkeletonPoint[]): Point[] {
  const line: Point[] = [points[0]];
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i];
    const to = points[i + 1];
    const before = i === 0 || from.corner ? from : points[i - 1];
    const after = i + 2 === points.length || to.corner ? to : points[i + 2];
    for (let step = 1; step <= SEGMENTS_PER_SPAN; step++) {
      const t = step / SEGMENTS_PER_SPAN;
      line.push({
        x: interpolate(before.x, from.x, to.x, after.x, t),
        y: interpolate(before.y, from.y, to.y, after.y, t),
      });
    }
  }
  return line;
}

/**
 * The cubic polynomial from b (t = 0) to c (t = 1) with slopes (c - a) / 2 and (d - b) / 2 at these points.
 * Source: E. Catmull and R. Rom, "A class of local interpolating splines", 1974.
 */
function interpolate(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
