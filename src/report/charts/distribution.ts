import type { TopLevelSpec } from 'vega-lite';
import { formatCount } from '../../core/format.js';
import type { PredictionRecord } from '../../runs/predictionRecord.js';
import { colorOf } from '../palette.js';
import { CHART_WIDTH, classAxis, classNames } from './axes.js';

/** Bar charts of the number of images per class in the three subsets, each with its own scale. */
export function distributionChart(
  { train, validation, test }: PredictionRecord['classCounts'],
  classes: readonly string[],
): TopLevelSpec {
  const subsets = Object.entries({ training: train, validation, test });
  return {
    params: classNames(classes),
    data: {
      values: subsets.flatMap(([subset, counts]) =>
        counts.map((count, label) => ({
          subset,
          label,
          count,
          description: `${classes[label]}: ${formatCount(count)} ${subset} images`,
        })),
      ),
    },
    facet: {
      row: {
        field: 'subset',
        type: 'nominal',
        sort: subsets.map(([subset]) => subset),
        header: { title: null, orient: 'top', labelAnchor: 'start' },
      },
    },
    spec: {
      width: CHART_WIDTH,
      height: 80,
      mark: { type: 'bar', color: colorOf('blue') },
      encoding: {
        x: { field: 'label', type: 'ordinal', title: 'class', axis: classAxis(classes) },
        y: { field: 'count', type: 'quantitative', title: 'images', axis: { tickCount: 3, format: ',d' } },
        description: { field: 'description', type: 'nominal' },
      },
    },
    resolve: { scale: { y: 'independent' } },
  };
}
