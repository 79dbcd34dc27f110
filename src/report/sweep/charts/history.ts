import type { TopLevelSpec } from 'vega-lite';
import type { SelectionState } from '../../../sweep/finalists/finalists.js';
import { costOf } from '../../../sweep/trial.js';
import { CHART_WIDTH } from '../../charts/axes.js';
import { colorOf } from '../../palette.js';
import { metricEncoding, metricLabels, type MetricScale, metricScale } from './metricScale.js';
import { kindEncoding, plottedTrials, symbolSize, valuesOf } from './plottedTrials.js';

const HEIGHT = 220;

/** The value of each trial, and the best one so far as a line. Failed trials, which have none, are marked at the bottom. */
export function historyChart(sweep: SelectionState): TopLevelSpec {
  const plotted = plottedTrials(sweep).filter(({ kind }) => kind !== 'running');
  const ended = plotted.filter(({ kind }) => kind !== 'failed');
  const scale = metricScale(valuesOf(ended), sweep.direction);
  const y = { field: 'value', ...metricEncoding(scale) } as const;
  const points = plotted.map(({ trial: { number }, kind, value, description }) => ({
    number,
    kind,
    description,
    ...(kind !== 'failed' && value !== undefined && { value: scale.numberOf(value) }),
  }));
  const kinds = kindEncoding(plotted);
  const last = Math.max(1, ...plotted.map(({ trial }) => trial.number));
  const mark = {
    type: 'point',
    filled: true,
    size: symbolSize(points.length),
    opacity: 1,
    fillOpacity: points.length > 100 ? 0.7 : 1,
  } as const;
  const description = { field: 'description', type: 'nominal' } as const;
  return {
    params: [metricLabels(scale)],
    width: CHART_WIDTH,
    height: HEIGHT,
    encoding: {
      x: {
        field: 'number',
        type: 'quantitative',
        title: 'trial',
        scale: { domain: [0, last], nice: false, padding: 8 },
        axis: { tickMinStep: 1, format: 'd', grid: false, tickCount: Math.min(last + 1, 10) },
      },
    },
    layer: [
      {
        data: { values: bestSoFar(sweep, scale, last) },
        mark: { type: 'line', interpolate: 'step-after', color: colorOf('orange'), aria: false },
        encoding: { y },
      },
      {
        data: { values: points.filter(({ value }) => value !== undefined) },
        mark,
        encoding: { y, ...kinds, description },
      },
      {
        data: { values: points.filter(({ kind }) => kind === 'failed') },
        mark: { ...mark, size: 60 },
        encoding: { y: { value: HEIGHT - 6 }, ...kinds, description },
      },
    ],
  };
}

/** The best value of a complete trial up to each one that improved it, and at the end. */
function bestSoFar({ trials, direction }: SelectionState, { numberOf }: MetricScale, last: number) {
  const steps: { number: number; value: number }[] = [];
  let best = Infinity;
  for (const { number, state, value } of trials) {
    if (state !== 'complete' || value === undefined || costOf(value, direction) >= best) continue;
    best = costOf(value, direction);
    steps.push({ number, value: numberOf(value) });
  }
  const end = steps.at(-1);
  return end === undefined ? steps : [...steps, { ...end, number: last }];
}
