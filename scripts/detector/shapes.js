import { drawSkeleton } from '../../dist/data/digits/generateDigits.js';

const MAX_STROKES = 4;
/** Points of a stroke are at least this far apart, in hundredths of the shape's height. */
const MIN_DISTANCE = 18;

/**
 * Draws a random shape of one to four strokes with the same pens and distortions as the built-in digits. It is no particular
 * character, though it may happen to be one.
 *
 * @param {import('../../dist/core/random.js').Random} random
 * @param {Uint8Array} image `[28, 28]`, all 0
 */
export function drawShape(random, image) {
  const onGrid = random.uniform(0, 1) < 0.5;
  const count = whole(random, 1, MAX_STROKES);
  const strokes = [];
  for (let i = 0; i < count; i++) {
    const stroke = randomStroke(random, onGrid, count === 1);
    if (i > 0 && random.uniform(0, 1) < 0.6) attach(stroke, strokes[whole(random, 0, i - 1)], random);
    strokes.push(stroke);
  }
  drawSkeleton([{ weight: 1, strokes }], random, image);
}

/** A ring or arc, a polygon, a dot or dash, or a straight or curved line through random points. */
export function randomStroke(random, onGrid, isAlone) {
  const type = random.uniform(0, 1);
  if (type < 0.12) return arc(random);
  if (type < 0.2) return polygon(random);
  if (type < 0.3 && !isAlone) return dash(random, onGrid);
  return line(random, onGrid, type < 0.65, isAlone);
}

export function arc(random) {
  const [x, y, width] = [random.uniform(10, 65), random.uniform(10, 90), random.uniform(5, 40)];
  const height = width * random.uniform(0.7, 1.4);
  const start = random.uniform(0, 2 * Math.PI);
  const angle = random.uniform(0, 1) < 0.4 ? 2 * Math.PI : random.uniform(1.5, 5.5);
  const turn = random.uniform(0, 1) < 0.5 ? angle : -angle;
  return Array.from({ length: 8 }, (_, i) => ({
    x: x + width * Math.cos(start + (turn * i) / 7),
    y: y + height * Math.sin(start + (turn * i) / 7),
    corner: false,
  }));
}

export function polygon(random) {
  const corners = whole(random, 3, 5);
  const [x, y] = [random.uniform(15, 60), random.uniform(15, 85)];
  const [width, height] = [random.uniform(10, 45), random.uniform(10, 50)];
  const start = random.uniform(0, 2 * Math.PI);
  const points = Array.from({ length: corners }, (_, i) => ({
    x: x + width * Math.cos(start + (2 * Math.PI * i) / corners) + random.uniform(-6, 6),
    y: y + height * Math.sin(start + (2 * Math.PI * i) / corners) + random.uniform(-6, 6),
    corner: true,
  }));
  return [...points, points[0]];
}

export function dash(random, onGrid) {
  const { x, y } = randomPoint(random, onGrid);
  const [angle, length] = [random.uniform(0, 2 * Math.PI), random.uniform(1, 20)];
  return [
    { x, y, corner: true },
    { x: x + length * Math.cos(angle), y: y + length * Math.sin(angle), corner: true },
  ];
}

export function line(random, onGrid, isStraight, isAlone) {
  const few = isStraight ? (random.uniform(0, 1) < 0.6 ? 2 : whole(random, 3, 5)) : whole(random, 3, 7);
  const count = isAlone ? whole(random, 4, 9) : few;
  const points = [];
  while (points.length < count) {
    let point = randomPoint(random, onGrid);
    for (let tries = 0; isNear(point, points.at(-1)) && tries < 9; tries++)
      point = randomPoint(random, onGrid);
    points.push({ ...point, corner: isStraight });
  }
  return points;
}

function isNear({ x, y }, other) {
  return other !== undefined && Math.hypot(x - other.x, y - other.y) < MIN_DISTANCE;
}

/** Anywhere, or near one of 3×3 points, as many characters are built. */
function randomPoint(random, onGrid) {
  if (!onGrid) return { x: random.uniform(0, 75), y: random.uniform(0, 100) };
  return {
    x: 36 * whole(random, 0, 2) + random.uniform(-6, 6),
    y: 50 * whole(random, 0, 2) + random.uniform(-6, 6),
  };
}

/** Moves a stroke, or only its first point, to a point of another stroke or between two of them. */
export function attach(stroke, other, random) {
  const a = other[whole(random, 0, other.length - 1)];
  const b = random.uniform(0, 1) < 0.5 ? a : other[whole(random, 0, other.length - 1)];
  const [dx, dy] = [(a.x + b.x) / 2 - stroke[0].x, (a.y + b.y) / 2 - stroke[0].y];
  const moved = random.uniform(0, 1) < 0.5 ? 1 : stroke.length;
  for (let i = 0; i < moved; i++) stroke[i] = { ...stroke[i], x: stroke[i].x + dx, y: stroke[i].y + dy };
}

export function whole(random, least, most) {
  return Math.min(most, Math.floor(random.uniform(least, most + 1)));
}
