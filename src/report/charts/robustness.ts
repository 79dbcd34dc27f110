import type { TopLevelSpec } from 'vega-lite';
import { formatPercent } from '../../core/format.js';
import { colorOf } from '../palette.js';

/** The accuracies of one network under one corruption. */
export interface RobustnessCurve {
  readonly corruption: string;
  readonly network: string;
  /** As fractions: of the unchanged images, then from the lowest to the highest severity. */
  readonly accuracies: readonly number[];
}

const PANEL = { width: 118, height: 110, columns: 3 };
/** Networks differ in color, symbol, and dashes, also in grayscale; the palette has as many colors. */
const COLORS = [colorOf('blue'), colorOf('orange'), colorOf('green'), colorOf('muted'), colorOf('text')];
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross'];
const DASHES = [
  [1, 0],
  [6, 4],
  [2, 3],
  [8, 2, 2, 2],
  [1, 2],
];

/** A line chart for each corruption: the accuracy of each network by severity. */
export function robustnessChart(curves: readonly RobustnessCurve[]): TopLevelSpec {
  const networks = [...new Set(curves.map(({ network }) => network))];
  const series = { field: 'network', type: 'nominal', sort: networks, title: null } as const;
  return {
    data: {
      values: curves.flatMap(({ corruption, network, accuracies }) =>
        accuracies.map((accuracy, severity) => ({
          corruption,
          network,
          index: networks.indexOf(network),
          severity,
          accuracy: 100 * accuracy,
          description: `${corruption}, severity ${severity}, ${network}: ${formatPercent(accuracy)}`,
        })),
      ),
    },
    facet: {
      field: 'corruption',
      type: 'nominal',
      sort: [...new Set(curves.map(({ corruption }) => corruption))],
      title: null,
      header: { labelFontWeight: 'bold' },
    },
    columns: PANEL.columns,
    spec: {
      width: PANEL.width,
      height: PANEL.height,
      encoding: {
        x: {
          field: 'severity',
          type: 'quantitative',
          title: 'severity',
          axis: { tickCount: 5, grid: false },
        },
        y: {
          field: 'accuracy',
          type: 'quantitative',
          title: 'accuracy (%)',
          scale: { domain: [0, 100] },
          axis: { tickCount: 5 },
        },
        color: { ...series, scale: { range: COLORS }, legend: { orient: 'top' } },
      },
      layer: [
        {
          mark: { type: 'line', aria: false },
          encoding: {
            // Conditions instead of a scale, which would also dash the symbols of the legend.
            strokeDash: {
              condition: networks.map((_, index) => ({
                test: `datum.index === ${index}`,
                value: DASHES[index % DASHES.length],
              })),
              value: DASHES[0],
            },
          },
        },
        {
          mark: { type: 'point', filled: true, size: 40, opacity: 1 },
          encoding: {
            shape: { ...series, scale: { range: SHAPES } },
            description: { field: 'description', type: 'nominal' },
          },
        },
      ],
    },
  };
}
