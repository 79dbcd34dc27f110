import type { TopLevelSpec } from 'vega-lite';
import { colorOf } from '../palette.js';
import { CHART_WIDTH, epochAxis } from './axes.js';

type LayerSpec = Extract<TopLevelSpec, { layer: unknown }>['layer'][number];

const HEIGHT = 220;

/** A line of a curve chart. */
export interface Curve {
  readonly title: string;
  /** One per epoch, starting with the first. */
  readonly values: readonly number[];
}

export interface CurveOptions {
  /** The title of the vertical axis. */
  readonly axis: string;
  /** Formats a value for its description. */
  readonly format: (value: number) => string;
  /** From 1; marked with a vertical line. */
  readonly bestEpoch: number | undefined;
}

/** A line chart of values per epoch; the two series differ in color, dash pattern and symbol. */
export function curveChart(
  curves: readonly Curve[],
  { axis, format, bestEpoch }: CurveOptions,
): TopLevelSpec {
  const titles = curves.map(({ title }) => title);
  const series = { field: 'series', type: 'nominal', sort: titles, title: null } as const;
  const epochs = curves[0].values.length;
  const x = { field: 'epoch', type: 'quantitative', title: 'epoch', ...epochAxis(epochs) } as const;
  return {
    width: CHART_WIDTH,
    height: HEIGHT,
    data: {
      values: curves.flatMap(({ title, values }, index) =>
        values.map((value, i) => ({
          series: title,
          index,
          epoch: i + 1,
          value,
          description: `epoch ${i + 1}, ${title}: ${format(value)}`,
        })),
      ),
    },
    layer: [
      ...bestEpochMark(bestEpoch, epochs),
      {
        mark: { type: 'line', aria: false },
        encoding: {
          // A condition instead of a scale, which would also dash the symbols of the legend.
          strokeDash: { condition: { test: 'datum.index === 0', value: [1, 0] }, value: [6, 4] },
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
        // Decimal notation without trailing zeros: the default precision would print 100 as 1e+2.
        axis: { format: '~r', tickCount: 6 },
      },
      color: { ...series, scale: { range: [colorOf('blue'), colorOf('orange')] } },
    },
  };
}

/** A vertical line at the best epoch, labeled on the side that has more room. */
function bestEpochMark(epoch: number | undefined, epochs: number): LayerSpec[] {
  if (epoch === undefined) return [];
  const isLate = epoch > epochs / 2;
  return [
    {
      data: { values: [{ epoch, note: `best epoch: ${epoch}` }] },
      encoding: { x: { field: 'epoch', type: 'quantitative' }, color: { value: colorOf('muted') } },
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
