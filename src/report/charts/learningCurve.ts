import type { TopLevelSpec } from 'vega-lite';
import { formatCount, formatPercent } from '../../core/format.js';
import type { LearningCurvePoint } from '../../runs/statistics/learningCurve.js';
import { colorOf } from '../palette.js';
import { CHART_WIDTH } from './axes.js';

const HEIGHT = 200;

/** The accuracy against the number of training images on a logarithmic axis, with confidence intervals. */
export function learningCurveChart(curve: readonly LearningCurvePoint[]): TopLevelSpec {
  return {
    width: CHART_WIDTH,
    height: HEIGHT,
    data: {
      values: curve.map(({ images, accuracy, interval: { low, high } }) => ({
        images,
        accuracy: 100 * accuracy,
        low: 100 * low,
        high: 100 * high,
        description: `${formatCount(images)} training images: ${formatPercent(accuracy)}, ${formatPercent(low)} to ${formatPercent(high)}`,
      })),
    },
    encoding: {
      x: {
        field: 'images',
        type: 'quantitative',
        title: 'training images',
        scale: { type: 'log', nice: false, padding: 12 },
        axis: { values: curve.map(({ images }) => images), format: ',', grid: false, labelOverlap: true },
      },
    },
    layer: [
      {
        mark: { type: 'rule', color: colorOf('blue'), strokeWidth: 1.5, aria: false },
        encoding: {
          y: {
            field: 'low',
            type: 'quantitative',
            title: 'test accuracy (%)',
            scale: { zero: false },
            axis: { tickCount: 5 },
          },
          y2: { field: 'high' },
        },
      },
      {
        mark: { type: 'line', color: colorOf('blue'), strokeWidth: 2, aria: false },
        encoding: { y: { field: 'accuracy', type: 'quantitative' } },
      },
      {
        mark: { type: 'point', filled: true, color: colorOf('blue'), size: 40, opacity: 1 },
        encoding: {
          y: { field: 'accuracy', type: 'quantitative' },
          description: { field: 'description', type: 'nominal' },
        },
      },
    ],
  };
}
