import type { Drawing } from '../document.js';
import { element } from '../markup.js';
import { type Color, colorOf } from '../palette.js';
import { described, drawingOf, DRAWING_WIDTH, label, shorten } from './svg.js';

/** A test image as a point of the plane. */
export interface EmbeddedPoint {
  readonly x: number;
  readonly y: number;
  /** Its class, as an index. */
  readonly label: number;
  /** Describes an image that is classified incorrectly; undefined for a correct one. */
  readonly mistake: string | undefined;
}

const HEIGHT = 380;
const MARGIN = 16;
const MARK = 3.5;
const NAME = { maxLength: 14, fontSize: 15 };
/** More names would cover the points. */
const MAX_NAMES = 40;

/** Draws images as points, with the name of each class at the median of its images, and crosses for mistakes. */
export function drawEmbedding(points: readonly EmbeddedPoint[], classes: readonly string[]): Drawing {
  const place = placing(points);
  const correct = points.filter(({ mistake }) => mistake === undefined).map(place);
  const crosses = points.flatMap((point) =>
    point.mistake === undefined ? [] : [described(point.mistake, cross(place(point)))],
  );
  const names = classes.slice(0, MAX_NAMES).flatMap((name, index) => {
    const own = points.filter(({ label: each }) => each === index).map(place);
    return own.length === 0 ? [] : [{ name, ...medianOf(own) }];
  });
  // All edges first, so that none covers another name.
  return drawingOf(DRAWING_WIDTH, HEIGHT, [
    dots(correct),
    ...crosses,
    ...names.map(edge),
    ...names.map((each) => className(each, 'text')),
  ]);
}

interface Position {
  readonly x: number;
  readonly y: number;
}

interface ClassName extends Position {
  readonly name: string;
}

/** Both axes have the same scale, so that distances mean the same in every direction. */
function placing(points: readonly EmbeddedPoint[]): (point: Position) => Position {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const scale = Math.min(
    (DRAWING_WIDTH - 2 * MARGIN) / Math.max(right - left, Number.MIN_VALUE),
    (HEIGHT - 2 * MARGIN) / Math.max(top - bottom, Number.MIN_VALUE),
    Number.MAX_SAFE_INTEGER,
  );
  const round = (value: number) => Math.round(10 * value) / 10;
  return ({ x, y }) => ({
    x: round(DRAWING_WIDTH / 2 + scale * (x - (left + right) / 2)),
    y: round(HEIGHT / 2 - scale * (y - (bottom + top) / 2)),
  });
}

/** One path for all, since thousands of shapes take long to draw: a short line with round ends is a dot. */
function dots(positions: readonly Position[]): string {
  return element('path', {
    d: positions.map(({ x, y }) => `M${x} ${y}h.1`).join(''),
    stroke: colorOf('blue'),
    'stroke-opacity': 0.45,
    'stroke-width': 2.6,
    'stroke-linecap': 'round',
    fill: 'none',
  });
}

function cross({ x, y }: Position): string {
  const path = `M${x - MARK} ${y - MARK}l${2 * MARK} ${2 * MARK}m0 ${-2 * MARK}l${-2 * MARK} ${2 * MARK}`;
  return element('path', { d: path, stroke: colorOf('orange'), 'stroke-width': 1.6, fill: 'none' });
}

/** What a name is written on, so that it can be read over points. */
function edge(name: ClassName): string {
  const attributes = { stroke: colorOf('background'), 'stroke-width': 4, 'stroke-linejoin': 'round' };
  return element('g', attributes, className(name, 'background'));
}

function className({ name, x, y }: ClassName, color: Color): string {
  const options = { anchor: 'middle', size: NAME.fontSize, weight: 'bold', color } as const;
  return label(x, y + 5, shorten(name, NAME.maxLength), options);
}

function medianOf(positions: readonly Position[]): Position {
  const median = (values: readonly number[]) =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  return { x: median(positions.map(({ x }) => x)), y: median(positions.map(({ y }) => y)) };
}
