import type { TopLevelSpec } from 'vega-lite';
import { formatPercent } from '../../core/format.js';
import type { Point } from '../../runs/statistics/curves.js';
import { colorOf } from '../palette.js';
import { CHART_WIDTH } from './axes.js';

const HEIGHT = 180;

/** The share of errors against the share of the predictions that are made, most confident first. */
export function riskCoverageChart(curve: readonly Point[]): TopLevelSpec {
  return {
    width: CHART_WIDTH,
    height: HEIGHT,
    data: {
      values: curve.map(({ x, y }) => ({
        coverage: 100 * x,
        risk: 100 * y,
        description: `the most confident ${formatPercent(x)} of the predictions: ${formatPercent(y)} errors`,
      })),
    },
    encoding: {
      x: {
        field: 'coverage',
        type: 'quantitative',
        title: 'coverage: most confident predictions (%)',
        scale: { domain: [0, 100], nice: false },
        axis: { tickCount: 6 },
      },
      y: {
        field: 'risk',
        type: 'quantitative',
        title: 'errors among them (%)',
        axis: { format: '~r', tickCount: 5 },
      },
    },
    layer: [
      {
        mark: {
          type: 'line',
          color: colorOf('blue'),
          strokeWidth: 2,
          interpolate: 'step-after',
          aria: false,
        },
      },
      {
        mark: { type: 'point', filled: true, color: colorOf('blue'), size: 12, opacity: 1 },
        encoding: { description: { field: 'description', type: 'nominal' } },
      },
    ],
  };
}
