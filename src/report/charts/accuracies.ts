import type { TopLevelSpec } from 'vega-lite';
import { formatPercent } from '../../core/format.js';
import { colorOf } from '../palette.js';
import { shortenApart } from '../draw/svg.js';
import { CHART_WIDTH } from './axes.js';

/** An estimated fraction with its confidence interval. */
export interface Estimate {
  readonly title: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What fits beside the chart. */
const MAX_TITLE_LENGTH = 34;

/**
 * A dot plot with one row per estimate and its interval.
 *
 * @param axis the title of the horizontal axis
 */
export function accuracyChart(estimates: readonly Estimate[], axis = 'test accuracy (%)'): TopLevelSpec {
  const titles = shortenApart(
    estimates.map(({ title }) => title),
    MAX_TITLE_LENGTH,
  );
  const y = {
    field: 'title',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { grid: true, labelLimit: 240, ticks: false },
  } as const;
  return {
    width: CHART_WIDTH - 110,
    height: { step: 34 },
    data: {
      values: estimates.map(({ title, value, low, high }, index) => ({
        title: titles[index],
        value: 100 * value,
        low: 100 * low,
        high: 100 * high,
        description: `${title}: ${formatPercent(value)}, 95 % confidence interval ${formatPercent(low)} to ${formatPercent(high)}`,
      })),
    },
    encoding: { y, description: { field: 'description', type: 'nominal' } },
    layer: [
      {
        mark: { type: 'rule', color: colorOf('blue'), strokeWidth: 3, opacity: 0.5 },
        encoding: {
          x: {
            field: 'low',
            type: 'quantitative',
            title: axis,
            scale: { zero: false, nice: true },
          },
          x2: { field: 'high' },
        },
      },
      {
        mark: { type: 'point', filled: true, color: colorOf('blue'), size: 90, opacity: 1 },
        encoding: { x: { field: 'value', type: 'quantitative' } },
      },
    ],
  };
}
