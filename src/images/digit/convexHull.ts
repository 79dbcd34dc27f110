/** A point of a plane: x to the right, y downward. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The convex hull, clockwise as seen on the image. Source: A. Andrew, "Another efficient algorithm for convex hulls in two dimensions",
 * Information Processing Letters 9 (1979).
 */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const upper = chain(sorted);
  const lower = chain(sorted.reverse());
  return [...upper.slice(0, -1), ...lower.slice(0, -1)];
}

function chain(points: readonly Point[]): Point[] {
  const hull: Point[] = [];
  for (const point of points) {
    while (hull.length > 1 && cross(hull[hull.length - 2], hull[hull.length - 1], point) <= 0) hull.pop();
    hull.push(point);
  }
  return hull;
}

/** Twice the area of a triangle; positive if it is clockwise as seen on the image. */
export function cross(a: Point, b: Point, c: Point): number {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

export function areaOf(polygon: readonly Point[]): number {
  let area = 0;
  for (let i = 1; i + 1 < polygon.length; i++) area += cross(polygon[0], polygon[i], polygon[i + 1]) / 2;
  return area;
}

/** Removes the corner of a convex polygon that contributes least to its area, until `corners` are left. */
export function simplify(polygon: readonly Point[], corners: number): Point[] {
  const left = [...polygon];
  while (left.length > corners) {
    const areas = left.map((point, i) => cross(left.at(i - 1) ?? point, point, left[(i + 1) % left.length]));
    left.splice(areas.indexOf(Math.min(...areas)), 1);
  }
  return left;
}
