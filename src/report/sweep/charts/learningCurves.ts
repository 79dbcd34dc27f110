import type { TopLevelSpec } from 'vega-lite';
import type { SelectionState } from '../../../sweep/finalists/finalists.js';
import { lastEpoch } from '../../../sweep/trial.js';
import { CHART_WIDTH, epochAxis } from '../../charts/axes.js';
import { metricEncoding, metricLabels, metricScale } from './metricScale.js';
import { DRAWN_ORDER, type Kind, kindEncoding, plottedTrials, symbolSize } from './plottedTrials.js';

/** The opacity of the lines of few trials; that of strokes, since a picture of many transparent objects takes long to make. */
const OPACITY: Readonly<Record<Kind, number>> = {
  best: 1,
  complete: 0.7,
  pruned: 0.45,
  failed: 0.45,
  running: 0.7,
};

/** The metric of every trial after each epoch; the lines of trials that were pruned are lighter. */
export function learningCurvesChart(sweep: SelectionState): TopLevelSpec {
  const { direction } = sweep;
  const plotted = plottedTrials(sweep).filter(({ value }) => value !== undefined);
  const epochs = Math.max(...plotted.map(({ trial }) => lastEpoch(trial)?.epoch ?? 0));
  const scale = metricScale(
    plotted.flatMap(({ trial }) => [...trial.epochs.values()]),
    direction,
  );
  const rows = plotted.flatMap(({ trial, kind, description }) =>
    [...trial.epochs].map(([epoch, value]) => ({
      number: trial.number,
      kind,
      epoch,
      value: scale.numberOf(value),
      isLast: epoch === lastEpoch(trial)?.epoch,
      description,
    })),
  );
  const { color, shape } = kindEncoding(plotted);
  const thinning = Math.min(1, Math.sqrt(60 / plotted.length));
  const kinds = DRAWN_ORDER.filter((kind) => rows.some((row) => row.kind === kind));
  return {
    params: [metricLabels(scale)],
    width: CHART_WIDTH,
    height: 240,
    encoding: {
      x: { field: 'epoch', type: 'quantitative', title: 'epoch', ...epochAxis(epochs) },
      y: { field: 'value', ...metricEncoding(scale) },
      color,
    },
    layer: kinds.flatMap((kind) => {
      const opacity = kind === 'best' ? 1 : OPACITY[kind] * thinning;
      const shown = rows.filter((row) => row.kind === kind);
      return [
        {
          data: { values: shown },
          mark: {
            type: 'line',
            aria: false,
            strokeOpacity: opacity,
            strokeWidth: kind === 'best' ? 2.5 : 1.25,
          },
          encoding: { detail: { field: 'number', type: 'nominal' } },
        } as const,
        {
          data: { values: shown.filter(({ isLast }) => isLast) },
          mark: {
            type: 'point',
            filled: true,
            opacity: 1,
            fillOpacity: opacity,
            size: symbolSize(plotted.length),
          },
          encoding: { shape, description: { field: 'description', type: 'nominal' } },
        } as const,
      ];
    }),
  };
}
