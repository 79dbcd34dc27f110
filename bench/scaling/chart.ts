import type { TopLevelSpec } from 'vega-lite';
import { drawChart } from '#inkling/report/draw/chart.js';
import { standaloneSvg } from '#inkling/report/draw/standalone.js';
import { colorOf } from '#inkling/report/palette.js';
import { type ScalingDefinition, scalingDefinitions, type Series } from './series.js';

type Panel = Extract<TopLevelSpec, { concat: unknown }>['concat'][number];

const COLUMNS = 3;
const [WIDTH, HEIGHT] = [190, 150];
const LINES = ['fitted', 'proportional'];

/** A panel with logarithmic axes for each series: points, the fitted line, and proportional cost from the first point on. */
export async function scalingChart(series: readonly Series[]): Promise<string> {
  const panels = scalingDefinitions.flatMap((definition) =>
    series.filter(({ by }) => by === definition.by).map((each) => panelOf(each, definition)),
  );
  return standaloneSvg(await drawChart({ columns: COLUMNS, spacing: 24, concat: panels }));
}

function panelOf({ points, fit }: Series, { quantity, costPer, linear }: ScalingDefinition): Panel {
  const sorted = points.toSorted((a, b) => a.x - b.x);
  const [first] = sorted;
  const ends = [first, sorted[sorted.length - 1]];
  const values = [
    ...ends.map(({ x }) => ({ x, cost: fit.factor * x ** fit.exponent, line: LINES[0] })),
    ...ends.map(({ x }) => ({ x, cost: first.cost * (x / first.x) ** linear, line: LINES[1] })),
  ];
  const milliseconds = <Value extends { readonly cost: number }>(value: Value) => ({
    ...value,
    cost: 1000 * value.cost,
  });
  const line = { field: 'line', type: 'nominal', sort: LINES, title: null } as const;
  return {
    width: WIDTH,
    height: HEIGHT,
    encoding: {
      x: {
        field: 'x',
        type: 'quantitative',
        title: quantity,
        scale: { type: 'log', nice: false },
        axis: { values: points.map(({ x }) => x), format: ',', grid: false, labelOverlap: true },
      },
      y: {
        field: 'cost',
        type: 'quantitative',
        title: `ms per ${costPer}`,
        scale: { type: 'log' },
        axis: { format: '~g', tickCount: 4, grid: false },
      },
    },
    layer: [
      {
        data: { values: values.map(milliseconds) },
        mark: { type: 'line', aria: false },
        encoding: {
          color: { ...line, scale: { range: [colorOf('blue'), colorOf('muted')] } },
          strokeDash: {
            ...line,
            scale: {
              range: [
                [1, 0],
                [5, 4],
              ],
            },
          },
        },
      },
      {
        data: { values: points.map(milliseconds) },
        mark: { type: 'point', filled: true, size: 45, opacity: 1, aria: false },
        encoding: { color: { value: colorOf('blue') } },
      },
    ],
  };
}
