import { whole } from './shapes.js';

/** The middle of the box that shapes are drawn in. */
export const MIDDLE = { x: 37, y: 50 };

/** A straight line between two of 3×3 points. */
export function diagonal(random) {
  const at = () => ({ x: 37 * whole(random, 0, 2), y: 50 * whole(random, 0, 2), corner: true });
  let [a, b] = [at(), at()];
  while (a.x === b.x && a.y === b.y) b = at();
  return [a, b];
}

/** Three points around a bulge, as in P or U. */
export function bow(random) {
  const [a, b] = diagonal(random);
  const bulge = random.uniform(0.3, 0.9) * (random.uniform(0, 1) < 0.5 ? 1 : -1);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const away = (share, by) => ({
    x: a.x + share * dx - by * bulge * dy,
    y: a.y + share * dy + by * bulge * dx,
  });
  return [a, away(0.2, 0.8), away(0.5, 1), away(0.8, 0.8), b].map((point) => ({ ...point, corner: false }));
}

/** A smooth stroke of equal steps, whose curvature changes at times. */
export function penStroke(random, steps) {
  let { x, y, direction, curvature } = {
    x: 0,
    y: 0,
    direction: random.uniform(0, 2 * Math.PI),
    curvature: 0,
  };
  const stroke = [{ x, y, corner: false }];
  for (let i = 0; i < steps; i++) {
    if (i === 0 || random.uniform(0, 1) < 0.3)
      curvature =
        random.uniform(0, 1) < 0.25 ? 0 : random.uniform(0.25, 1.2) * (random.uniform(0, 1) < 0.5 ? 1 : -1);
    const isCorner = random.uniform(0, 1) < 0.08;
    direction += isCorner ? random.uniform(1.5, 4.8) : curvature;
    stroke[i].corner = isCorner;
    [x, y] = [x + 24 * Math.cos(direction), y + 30 * Math.sin(direction)];
    stroke.push({ x, y, corner: false });
  }
  return fitted(stroke);
}

/** Scaled until the height or the width is that of other shapes, and moved to their place. */
function fitted(stroke) {
  const [xs, ys] = [stroke.map(({ x }) => x), stroke.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const scale = Math.min(74 / (Math.max(...xs) - left), 100 / (Math.max(...ys) - top), 2.5);
  return stroke.map(({ x, y, corner }) => ({ x: scale * (x - left), y: scale * (y - top), corner }));
}

/** An upright line, above a place for a dot. */
export function stem(random) {
  const [x, lean] = [random.uniform(20, 50), random.uniform(-15, 15)];
  return [0, 50, random.uniform(65, 85)].map((y) => ({ x: x + (lean * y) / 100, y, corner: false }));
}

/** One stroke of several turns. */
export function spiral(random) {
  const turns = random.uniform(1.2, 3) * 2 * Math.PI * (random.uniform(0, 1) < 0.5 ? 1 : -1);
  const [start, inner] = [random.uniform(0, 2 * Math.PI), random.uniform(0, 0.4)];
  const count = Math.ceil(Math.abs(turns) * 1.3);
  return [
    Array.from({ length: count + 1 }, (_, i) => {
      const [angle, radius] = [start + (turns * i) / count, inner + ((1 - inner) * i) / count];
      return {
        x: MIDDLE.x + 37 * radius * Math.cos(angle),
        y: MIDDLE.y + 50 * radius * Math.sin(angle),
        corner: false,
      };
    }),
  ];
}

/** A wave or a zigzag in any direction, of two to five half waves. */
export function wave(random) {
  const [count, height, corner] = [whole(random, 3, 6), random.uniform(15, 60), random.uniform(0, 1) < 0.5];
  const angle = random.uniform(0, 1) < 0.6 ? (Math.PI / 2) * whole(random, 0, 1) : random.uniform(0, Math.PI);
  return [
    Array.from({ length: count }, (_, i) => {
      const [along, across] = [(90 * i) / (count - 1), height * (i % 2)];
      return {
        x: along * Math.cos(angle) - across * Math.sin(angle),
        y: along * Math.sin(angle) + across * Math.cos(angle),
        corner,
      };
    }),
  ];
}
