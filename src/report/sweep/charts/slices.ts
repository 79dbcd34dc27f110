import type { TopLevelSpec } from 'vega-lite';
import type { SweepState } from '../../../sweep/journal/replay.js';
import type { Value } from '../../../sweep/space/distribution.js';
import type { Parameter } from '../../../sweep/space/space.js';
import { axisEncoding, labelsOf, parameterAxis, type ParameterAxis } from './parameterAxis.js';
import { metricEncoding, metricLabels, type MetricScale, metricScale } from './metricScale.js';
import { comparableTrials, kindEncoding, type PlottedTrial, symbolSize, valuesOf } from './plottedTrials.js';

/** Descriptions of more symbols would make the page large. */
const MAX_DESCRIBED = 250;

/** The result of the trials by each setting, one chart for each; trials in which a setting has no effect are not in its chart. */
export function slicesChart(sweep: SweepState): TopLevelSpec {
  const { direction, space } = sweep;
  const plotted = comparableTrials(sweep);
  const axes = slicedParameters(space.parameters, plotted).map(parameterAxis);
  const scale = metricScale(valuesOf(plotted), direction);
  const y = { field: 'value', ...metricEncoding(scale) } as const;
  const isDescribed = plotted.length <= MAX_DESCRIBED;
  return {
    params: [metricLabels(scale), ...axes.map(labelsOf)],
    columns: 2,
    spacing: { row: 14, column: 14 },
    concat: axes.map((axis, index) => ({
      width: 182,
      height: 120,
      data: { values: pointsOf(axis, plotted, scale, isDescribed) },
      mark: {
        type: 'point',
        filled: true,
        size: symbolSize(plotted.length),
        opacity: 1,
        fillOpacity: plotted.length > 100 ? 0.6 : 0.9,
        aria: isDescribed,
      },
      encoding: {
        x: { field: 'number', ...axisEncoding(axis) },
        y: { ...y, title: index % 2 === 0 ? scale.shortTitle : null },
        ...kindEncoding(plotted),
        ...(isDescribed && { description: { field: 'description', type: 'nominal' } as const }),
      },
    })),
  };
}

/** The parameters that had an effect in some of these trials. */
export function slicedParameters(
  parameters: readonly Parameter[],
  plotted: readonly Pick<PlottedTrial, 'trial'>[],
): Parameter[] {
  return parameters.filter(({ name }) => plotted.some(({ trial }) => trial.params[name] !== undefined));
}

/** The best trial comes last, so that it is on top. */
function pointsOf(
  axis: ParameterAxis,
  plotted: readonly PlottedTrial[],
  { numberOf }: MetricScale,
  isDescribed: boolean,
) {
  const count = Math.max(1, ...plotted.map(({ trial }) => trial.number));
  return plotted
    .toSorted((a, b) => Number(a.kind === 'best') - Number(b.kind === 'best'))
    .flatMap(({ trial, kind, value, description }) => {
      const setting: Value | undefined = trial.params[axis.name];
      if (setting === undefined || value === undefined) return [];
      // Trials with the same choice are next to each other, in their order.
      const shift = axis.choices === undefined ? 0 : 0.5 * (trial.number / count - 0.5);
      const point = { number: axis.numberOf(setting) + shift, value: numberOf(value), kind };
      return [isDescribed ? { ...point, description } : point];
    });
}
