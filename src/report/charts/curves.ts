import type { TopLevelSpec } from 'vega-lite';
import { colorOf } from '../palette.js';
import { CHART_WIDTH } from './axes.js';

type LayerSpec = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

const HEIGHT = 220;

/** A line of a curve chart: a value an epoch, from the first. */
export interface Curve {
  readonly title: string;
  readonly values: readonly number[];
}

interface CurveOptions {
  readonly axis: string;
  /** How a value is said. */
  readonly format: (value: number) => string;
  /** How the axis says it, in d3's language. */
  readonly axisFormat: string;
  /** From 1; marked with a line. */
  readonly bestEpoch: number | undefined;
}

/** Values epoch by epoch; the two series differ in colour, dash and mark. */
export function curveChart(
  curves: readonly Curve[],
  { axis, format, axisFormat, bestEpoch }: CurveOptions,
): TopLevelSpec {
  const titles = curves.map(({ title }) => title);
  const series = { field: 'series', type: 'nominal', sort: titles, title: null } as const;
  const epochs = curves[0].values.length;
  const domain = [epochs === 1 ? 0 : 1, Math.max(epochs, 2)];
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: 'epoch',
    scale: { domain, nice: false },
    axis: {
      tickMinStep: 1,
      format: 'd',
      grid: false,
      // The only epoch stands in the middle, between two that there are not.
      ...(epochs === 1 ? { values: [1] } : { tickCount: Math.min(epochs, 10) }),
    },
  } as const;
  return {
    width: CHART_WIDTH,
    height: HEIGHT,
    data: {
      values: curves.flatMap(({ title, values }, place) =>
        values.map((value, i) => ({
          series: title,
          place,
          epoch: i + 1,
          value,
          description: `epoch ${i + 1}, ${title}: ${format(value)}`,
        })),
      ),
    },
    layer: [
      ...bestMark(bestEpoch, epochs),
      {
        mark: { type: 'line', aria: false },
        encoding: {
          // By a condition, since a scale would dash the legend's marks too.
          strokeDash: { condition: { test: 'datum.place === 0', value: [1, 0] }, value: [6, 4] },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 60, opacity: 1 },
        encoding: {
          shape: { ...series, scale: { range: ['circle', 'square'] } },
          description: { field: 'description', type: 'nominal' },
        },
      },
    ],
    encoding: {
      x,
      y: {
        field: 'value',
        type: 'quantitative',
        title: axis,
        scale: { zero: false },
        axis: { format: axisFormat, tickCount: 6 },
      },
      color: { ...series, scale: { range: [colorOf('first'), colorOf('second')] } },
    },
  };
}

/** A line through the best epoch, and its name at the side where there is room. */
function bestMark(epoch: number | undefined, epochs: number): LayerSpec[] {
  if (epoch === undefined) return [];
  const isLate = epoch > epochs / 2;
  return [
    {
      data: { values: [{ epoch, note: `best epoch: ${epoch}` }] },
      encoding: { x: { field: 'epoch', type: 'quantitative' }, color: { value: colorOf('faint') } },
      layer: [
        {
          mark: { type: 'rule', strokeDash: [2, 3], aria: false },
          encoding: { y: { value: 0 }, y2: { value: HEIGHT } },
        },
        {
          mark: { type: 'text', align: isLate ? 'right' : 'left', dx: isLate ? -6 : 6, dy: 8 },
          encoding: { y: { value: 0 }, text: { field: 'note', type: 'nominal' } },
        },
      ],
    },
  ];
}
