import { MIDDLE } from './lines.js';
import { whole } from './shapes.js';

/** One to three strokes and their mirror images or their turned images, with or without a stem or a bar between them. */
export function symmetric(random) {
  const axis = random.uniform(0, 1);
  const image =
    axis < 0.6
      ? (point) => ({ ...point, x: 2 * MIDDLE.x - point.x })
      : axis < 0.85
        ? (point) => ({ ...point, y: 2 * MIDDLE.y - point.y })
        : (point) => ({ ...point, x: 2 * MIDDLE.x - point.x, y: 2 * MIDDLE.y - point.y });
  const half = Array.from({ length: random.uniform(0, 1) < 0.75 ? 1 : 2 }, () =>
    halfStroke(random, axis < 0.6),
  );
  const strokes = half.flatMap((stroke) => {
    const joined = random.uniform(0, 1) < 0.4 || meets(stroke.at(-1), axis);
    const mirrored = stroke.map(image);
    // One stroke through both halves, or two.
    return joined ? [[...stroke, ...mirrored.reverse()]] : [stroke, mirrored];
  });
  if (random.uniform(0, 1) < 0.5) {
    const [a, b] = [random.uniform(-4, 60), random.uniform(50, 104)];
    const stem = [a, b].map((y) => ({ x: MIDDLE.x, y, corner: true }));
    const bar = [a, b].map((x) => ({ x: 0.74 * x, y: MIDDLE.y, corner: true }));
    strokes.push(axis < 0.6 ? stem : bar);
  }
  if (random.uniform(0, 1) < 0.3) {
    const point = half[0][whole(random, 0, half[0].length - 1)];
    strokes.push([point, image(point)].map((end) => ({ ...end, corner: true })));
  }
  return strokes;
}

/** A line of two to four points in the left or the upper half, of which one is often on the axis. */
function halfStroke(random, isLeft) {
  const corner = random.uniform(0, 1) < 0.6;
  const points = Array.from({ length: whole(random, 2, 4) }, () => {
    const along = random.uniform(0, 1) < 0.6 ? whole(random, 0, 2) / 2 : random.uniform(0, 1);
    const off = random.uniform(0, 1) < 0.6 ? whole(random, 0, 2) / 2 : random.uniform(0, 1);
    return isLeft
      ? { x: off * MIDDLE.x, y: 100 * along, corner }
      : { x: 2 * MIDDLE.x * along, y: off * MIDDLE.y, corner };
  });
  const last = points.at(-1);
  if (random.uniform(0, 1) < 0.35) last[isLeft ? 'x' : 'y'] = isLeft ? MIDDLE.x : MIDDLE.y;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    if (Math.hypot(a.x - b.x, a.y - b.y) < 15) b[isLeft ? 'y' : 'x'] += b.y > 50 ? -35 : 35;
  }
  return points;
}

function meets(point, axis) {
  return axis < 0.85 && (axis < 0.6 ? Math.abs(point.x - MIDDLE.x) < 2 : Math.abs(point.y - MIDDLE.y) < 2);
}
