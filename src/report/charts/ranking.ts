import type { TopLevelSpec } from 'vega-lite';
import type { Point } from '../../runs/statistics/curves.js';
import { colorOf } from '../palette.js';

/** A curve with the title of its series. */
export interface TitledCurve {
  readonly title: string;
  readonly points: readonly Point[];
}

type PanelSpec = Extract<TopLevelSpec, { hconcat: unknown }>['hconcat'][number];

const PANEL = { width: 178, height: 178 };
const COLORS = [colorOf('blue'), colorOf('orange'), colorOf('green')];
const DASHES = [
  [1, 0],
  [6, 3],
  [2, 2],
];
/** The parts of the axes from which the smallest is shown in which good curves can be told apart. */
const WIDTHS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
const FLOORS = [0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0];
/** The height at which a curve is nearly perfect, and where it should already be visible. */
const NEARLY = 0.99;
const EARLY = 0.05;
/** Of so many points of a curve, one says where it is. */
const DESCRIBED = 4;

/**
 * ROC and precision-recall curves side by side. Good classifiers reach the corner, of which only the surroundings are shown then.
 *
 * @param roc at most three curves, in the same order as the others
 */
export function rankingChart(
  roc: readonly TitledCurve[],
  precisionRecall: readonly TitledCurve[],
): TopLevelSpec {
  const titles = roc.map(({ title }) => title);
  const series = { field: 'series', type: 'nominal', sort: titles, title: null } as const;
  const color = { ...series, scale: { domain: titles, range: COLORS.slice(0, titles.length) } };
  const strokeDash = { ...series, scale: { domain: titles, range: DASHES.slice(0, titles.length) } };
  const panel = (curves: readonly TitledCurve[], { x, y, isMirrored }: PanelOptions): PanelSpec => {
    const { width, floor } = shownPart(
      curves.map(({ points }) => points),
      isMirrored,
    );
    const left = isMirrored ? 1 - width : 0;
    const domain = [left, left + width];
    return {
      ...PANEL,
      data: {
        values: curves.flatMap(({ title, points }) =>
          clipped(points, { left, right: left + width, bottom: floor }).map((point, index) => ({
            series: title,
            index,
            ...point,
            description: `${title}: ${x} ${point.x.toFixed(3)}, ${y} ${point.y.toFixed(3)}`,
          })),
        ),
      },
      layer: [
        { mark: { type: 'line', strokeWidth: 2, aria: false } },
        {
          // Invisible, for a page that shows the values under the pointer.
          mark: { type: 'point', filled: true, size: 30, opacity: 0, stroke: null },
          transform: [{ filter: `datum.index % ${DESCRIBED} === 0` }],
          encoding: { description: { field: 'description', type: 'nominal' } },
        },
      ],
      encoding: {
        x: { field: 'x', type: 'quantitative', title: x, scale: { domain, nice: false }, axis: AXIS },
        y: {
          field: 'y',
          type: 'quantitative',
          title: y,
          scale: { domain: [floor, 1], nice: false },
          axis: AXIS,
        },
        order: { field: 'index', type: 'quantitative' },
        color,
        strokeDash,
      },
    };
  };
  return {
    hconcat: [
      panel(roc, { x: 'false positive rate', y: 'true positive rate', isMirrored: false }),
      panel(
        precisionRecall.map(({ title, points }) => ({ title, points: stepsOf(points) })),
        { x: 'recall', y: 'precision', isMirrored: true },
      ),
    ],
    spacing: 34,
  };
}

const AXIS = { format: '~r', tickCount: 4 } as const;

interface PanelOptions {
  readonly x: string;
  readonly y: string;
  /** Whether good curves go to the upper right instead of the upper left corner. */
  readonly isMirrored: boolean;
}

function shownPart(curves: readonly (readonly Point[])[], isMirrored: boolean) {
  const reached = (within: number) =>
    Math.min(
      ...curves.map((points) =>
        points
          .filter(({ x }) => (isMirrored ? 1 - x : x) <= within)
          .reduce((highest, { y }) => Math.max(highest, y), 0),
      ),
    );
  const width = WIDTHS.find((each) => reached(each) >= NEARLY) ?? 1;
  const early = reached(EARLY * width);
  return { width, floor: FLOORS.find((each) => early >= each) ?? 0 };
}

/** A curve whose value at a point holds since the point before. */
function stepsOf(points: readonly Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points.at(index - 1);
    return index === 0 || before === undefined ? [point] : [{ x: before.x, y: point.y }, point];
  });
}

/** The part of a chart that is shown, below 1. */
interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * The part of a line that lies in a box. Vega can hide the rest as well, but counts the masks that it needs, so that a chart would be
 * different each time.
 */
function clipped(points: readonly Point[], { left, right, bottom }: Box): Point[] {
  return points.slice(1).flatMap((to, index) => {
    const from = points[index];
    const xs = rangeWithin(from.x, to.x, left, right);
    const ys = rangeWithin(from.y, to.y, bottom, 1);
    const [start, end] = [Math.max(xs.start, ys.start), Math.min(xs.end, ys.end)];
    if (start > end) return [];
    const at = (share: number) => ({
      x: from.x + share * (to.x - from.x),
      y: from.y + share * (to.y - from.y),
    });
    return [at(start), at(end)];
  });
}

/** The shares of the way from one value to another between which it lies in a range; `start` is above `end` if it never does. */
function rangeWithin(from: number, to: number, low: number, high: number) {
  if (from === to) return from >= low && from <= high ? { start: 0, end: 1 } : { start: 1, end: 0 };
  const [a, b] = [(low - from) / (to - from), (high - from) / (to - from)];
  return { start: Math.max(0, Math.min(a, b)), end: Math.min(1, Math.max(a, b)) };
}
