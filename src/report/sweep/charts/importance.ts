import type { TopLevelSpec } from 'vega-lite';
import { formatWholePercent } from '../../../core/format.js';
import { CHART_WIDTH } from '../../charts/axes.js';
import { colorOf } from '../../palette.js';

/** A bar for each parameter, the most important first. */
export function importanceChart(importance: ReadonlyMap<string, number>): TopLevelSpec {
  const bars = [...importance].map(([name, share]) => ({
    name,
    percent: 100 * share,
    text: formatWholePercent(share),
    description: `${name}: ${formatWholePercent(share)}`,
  }));
  return {
    width: CHART_WIDTH - 60,
    height: { step: 26 },
    data: { values: bars },
    encoding: {
      x: {
        field: 'percent',
        type: 'quantitative',
        title: 'importance (%)',
        axis: { tickCount: 5 },
        scale: { domain: [0, Math.max(...bars.map(({ percent }) => percent)) * 1.12] },
      },
      y: { field: 'name', type: 'nominal', sort: null, title: null, axis: { ticks: false, labelLimit: 160 } },
    },
    layer: [
      {
        mark: { type: 'bar', color: colorOf('blue') },
        encoding: { description: { field: 'description', type: 'nominal' } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 4 },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  };
}
