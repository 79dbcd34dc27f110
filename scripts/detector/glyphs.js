import { drawSkeleton } from '../../dist/data/digits/generateDigits.js';
import { bow, diagonal, MIDDLE, penStroke, spiral, stem, wave } from './lines.js';
import { arc, attach, dash, line, polygon, randomStroke, whole } from './shapes.js';
import { symmetric } from './symmetric.js';

/** Where the bars of a grid begin or end. */
const THIRDS = [0, 0.5, 1];

const KINDS = [
  [0.24, symmetric],
  [0.15, grid],
  [0.28, cursive],
  [0.12, looped],
  [0.12, dotted],
  [0.05, framed],
  [0.02, spiral],
  [0.02, wave],
];

/** What has dots beside it. */
const BODIES = [
  [0.35, stem],
  [0.4, (random) => penStroke(random, whole(random, 3, 7))],
  [0.15, (random) => line(random, true, false, false)],
  [0.1, (random) => line(random, true, true, false)],
];

/**
 * Draws a random shape that is built like a character: symmetric, of stems and bars, written in one go, a loop with tails,
 * something in a frame, a line with dots, a spiral, or a wave. It is no particular character.
 *
 * @param {import('../../dist/core/random.js').Random} random
 * @param {Uint8Array} image `[28, 28]`, all 0
 */
export function drawGlyph(random, image) {
  const strokes = pick(random, KINDS)(random);
  // Strokes deviate by a fixed distance, which is less of a larger shape.
  const size = random.uniform(0, 1) < 0.7 ? 1 : random.uniform(1, 3);
  const width = random.uniform(0.7, 1.25);
  const scaled = strokes.map((stroke) =>
    stroke.map((point) => ({ ...point, x: size * width * point.x, y: size * point.y })),
  );
  drawSkeleton([{ weight: 1, strokes: scaled }], random, image);
}

function pick(random, kinds) {
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.uniform(0, total);
  return (kinds.find(([weight]) => (left -= weight) < 0) ?? kinds.at(-1))[1];
}

/** Stems and bars, each over all of the shape or a part of it, and at times a diagonal or a bow. */
function grid(random) {
  const [stems, bars] = [whole(random, 0, 3), whole(random, 0, 3)];
  const extent = () => {
    const part = random.uniform(0, 1);
    if (part < 0.5) return [0, 1];
    if (part < 0.85) return random.uniform(0, 1) < 0.5 ? [0, 0.5] : [0.5, 1];
    return [random.uniform(0, 0.4), random.uniform(0.6, 1)];
  };
  const places = (count) =>
    Array.from({ length: count }, (_, i) =>
      random.uniform(0, 1) < 0.8
        ? count === 1
          ? THIRDS[whole(random, 0, 2)]
          : i / (count - 1)
        : random.uniform(0, 1),
    );
  const corner = true;
  const strokes = [
    ...places(stems).map((x) => extent().map((y) => ({ x: 74 * x, y: 100 * y, corner }))),
    ...places(bars).map((y) => extent().map((x) => ({ x: 74 * x, y: 100 * y, corner }))),
  ];
  const others = Math.max(strokes.length === 0 ? 2 : strokes.length === 1 ? 1 : 0, whole(random, -1, 1));
  for (let i = 0; i < others; i++) strokes.push(random.uniform(0, 1) < 0.6 ? diagonal(random) : bow(random));
  return strokes;
}

/** A ring or a polygon, closed or not, and one to three lines that begin at it or cross it. */
function looped(random) {
  const ring = random.uniform(0, 1) < 0.75 ? arc(random) : polygon(random);
  const strokes = [ring];
  for (let i = whole(random, 1, 3); i > 0; i--) {
    const tail = line(random, random.uniform(0, 1) < 0.5, random.uniform(0, 1) < 0.6, false).slice(0, 4);
    attach(tail, ring, random);
    strokes.push(tail);
  }
  return strokes;
}

/** One or two strokes of a pen that turns now to one side, now to the other, so that it makes hooks and loops. */
function cursive(random) {
  const strokes = [penStroke(random, whole(random, 4, 14))];
  if (random.uniform(0, 1) < 0.45) {
    const other = random.uniform(0, 1) < 0.5 ? penStroke(random, whole(random, 2, 6)) : diagonal(random);
    if (random.uniform(0, 1) < 0.7) attach(other, strokes[0], random);
    strokes.push(other);
  }
  return strokes;
}

/** A large ring or polygon with one to four small strokes inside. */
function framed(random) {
  const isRound = random.uniform(0, 1) < 0.6;
  const corners = isRound ? 9 : whole(random, 3, 5);
  const start = random.uniform(0, 2 * Math.PI);
  const frame = Array.from({ length: corners + 1 }, (_, i) => ({
    x: MIDDLE.x + random.uniform(34, 40) * Math.cos(start + (2 * Math.PI * i) / corners),
    y: MIDDLE.y + random.uniform(46, 54) * Math.sin(start + (2 * Math.PI * i) / corners),
    corner: !isRound,
  }));
  frame[corners] = frame[0];
  const inside = (stroke) =>
    stroke.map((point) => ({ ...point, x: 16 + 0.55 * point.x, y: 20 + 0.6 * point.y }));
  const strokes = Array.from({ length: whole(random, 1, 4) }, () =>
    inside(random.uniform(0, 1) < 0.4 ? dash(random, false) : randomStroke(random, false, false)),
  );
  return [frame, ...strokes];
}

/** One or two lines, often upright, and one to three dots or dashes beside their ends. */
function dotted(random) {
  const strokes = [];
  for (let i = random.uniform(0, 1) < 0.8 ? 1 : 2; i > 0; i--) strokes.push(pick(random, BODIES)(random));
  for (let i = random.uniform(0, 1) < 0.7 ? 1 : whole(random, 2, 3); i > 0; i--) {
    const stroke = strokes[0];
    const [end, next] = random.uniform(0, 1) < 0.5 ? [stroke[0], stroke[1]] : [stroke.at(-1), stroke.at(-2)];
    const length = Math.hypot(end.x - next.x, end.y - next.y);
    const [gap, size] = [random.uniform(14, 32) / length, random.uniform(1, 9)];
    const isNear = random.uniform(0, 1) < 0.8;
    const x = isNear ? end.x + gap * (end.x - next.x) : random.uniform(0, 74);
    const y = isNear ? end.y + gap * (end.y - next.y) : random.uniform(0, 100);
    const angle = random.uniform(0, 2 * Math.PI);
    strokes.push([
      { x, y, corner: true },
      { x: x + size * Math.cos(angle), y: y + size * Math.sin(angle), corner: true },
    ]);
  }
  return strokes;
}
