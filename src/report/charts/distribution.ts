import type { TopLevelSpec } from 'vega-lite';
import { formatCount } from '../../core/format.js';
import type { PredictionRecord } from '../../runs/predictionRecord.js';
import { colorOf } from '../palette.js';
import { CHART_WIDTH, classAxis, classNames } from './axes.js';

/** Bars of each class, the three parts below one another, each with a scale of its own. */
export function distributionChart(
  { train, validation, test }: PredictionRecord['classCounts'],
  classes: readonly string[],
): TopLevelSpec {
  const parts = Object.entries({ training: train, validation, test });
  return {
    params: classNames(classes),
    data: {
      values: parts.flatMap(([part, counts]) =>
        counts.map((count, label) => ({
          part,
          label,
          count,
          description: `${classes[label]}: ${formatCount(count)} ${part} images`,
        })),
      ),
    },
    facet: {
      row: {
        field: 'part',
        type: 'nominal',
        sort: parts.map(([part]) => part),
        header: { title: null, orient: 'top', labelAnchor: 'start' },
      },
    },
    spec: {
      width: CHART_WIDTH,
      height: 80,
      mark: { type: 'bar', color: colorOf('first') },
      encoding: {
        x: { field: 'label', type: 'ordinal', title: 'class', axis: classAxis(classes) },
        y: { field: 'count', type: 'quantitative', title: 'images', axis: { tickCount: 3, format: ',d' } },
        description: { field: 'description', type: 'nominal' },
      },
    },
    resolve: { scale: { y: 'independent' } },
  };
}
