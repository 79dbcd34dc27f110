import type { TopLevelSpec } from 'vega-lite';
import { formatPercent } from '../../core/format.js';
import type { ClassMetrics } from '../../train/metrics.js';
import { colorOf } from '../palette.js';
import { CHART_WIDTH, verticalClassAxis, classNames } from './axes.js';

const MEASURES = { precision: 'precision', recall: 'recall', f1: 'F1 score' } as const;

/** A dot plot of precision, recall and F1 score per class, on an axis that does not start at zero. */
export function classMetricsChart(
  perClass: readonly ClassMetrics[],
  classes: readonly string[],
): TopLevelSpec {
  const titles = Object.values(MEASURES);
  const series = { field: 'measure', type: 'nominal', sort: titles, title: null } as const;
  const y = {
    field: 'label',
    type: 'ordinal',
    title: 'class',
    axis: { ...verticalClassAxis(classes), grid: true },
  } as const;
  return {
    params: classNames(classes),
    width: CHART_WIDTH,
    height: { step: 26 },
    data: {
      values: perClass.flatMap((metrics, label) =>
        (['precision', 'recall', 'f1'] as const).map((measure) => ({
          label,
          measure: MEASURES[measure],
          percent: 100 * metrics[measure],
          description: `${classes[label]}, ${MEASURES[measure]}: ${formatPercent(metrics[measure])}`,
        })),
      ),
    },
    mark: { type: 'point', filled: true, size: 70, opacity: 0.9 },
    encoding: {
      x: {
        field: 'percent',
        type: 'quantitative',
        title: 'score (%)',
        scale: { zero: false, nice: true },
      },
      y,
      color: { ...series, scale: { range: [colorOf('blue'), colorOf('orange'), colorOf('green')] } },
      shape: { ...series, scale: { range: ['circle', 'square', 'triangle-up'] } },
      description: { field: 'description', type: 'nominal' },
    },
  };
}
