import type { TopLevelSpec } from 'vega-lite';
import type { SweepState } from '../../../sweep/journal/replay.js';
import { colorOf } from '../../palette.js';
import { type MetricScale, metricScale } from './metricScale.js';
import { parameterAxis, type ParameterAxis } from './parameterAxis.js';
import { comparableTrials, DRAWN_ORDER, kindEncoding, type PlottedTrial, valuesOf } from './plottedTrials.js';
import { slicedParameters } from './slices.js';

const HEIGHT = 240;
/** Between two axes: room for the labels. */
const STEP = 88;
/** Where the line of a trial crosses the axis of a parameter that has no effect in it. */
const NOT_SET = -0.16;

/** A vertical axis with what it shows. */
interface Axis {
  readonly title: string;
  readonly ticks: readonly { unit: number; label: string }[];
  /** From 0 to 1; undefined where the parameter has no effect. */
  readonly unitOf: (plotted: PlottedTrial) => number | undefined;
}

/** A line for each trial, which crosses the axis of each parameter at its value, and the last one at its result. */
export function parallelChart(sweep: SweepState): TopLevelSpec {
  const { direction, space } = sweep;
  const plotted = comparableTrials(sweep);
  const axes = [
    ...slicedParameters(space.parameters, plotted).map((each) => ofParameter(parameterAxis(each))),
    ofMetric(metricScale(valuesOf(plotted), direction)),
  ];
  const lines = plotted.flatMap((each) =>
    axes.map((axis, index) => ({
      number: each.trial.number,
      kind: each.kind,
      index,
      unit: axis.unitOf(each) ?? NOT_SET,
      description: each.description,
    })),
  );
  const hasNotSet = lines.some(({ unit }) => unit === NOT_SET);
  const ends: readonly [number[], number[]] = [
    [0, axes.length - 1],
    [hasNotSet ? NOT_SET : 0, 1],
  ];
  const [x, y] = [
    {
      field: 'index',
      type: 'quantitative',
      axis: null,
      scale: { domain: ends[0], nice: false, zero: false },
    },
    {
      field: 'unit',
      type: 'quantitative',
      axis: null,
      scale: { domain: ends[1], nice: false, zero: false },
    },
  ] as const;
  const { color } = kindEncoding(plotted);
  const thinning = Math.min(1, Math.sqrt(40 / plotted.length));
  const opacities = { best: 1, complete: 0.75 * thinning, pruned: 0.4 * thinning } as const;
  return {
    width: STEP * (axes.length - 1),
    height: HEIGHT,
    encoding: { x },
    layer: [
      {
        data: { values: axes.map((_, index) => ({ index, unit: 0, end: 1 })) },
        mark: { type: 'rule', color: colorOf('muted'), aria: false },
        encoding: { y, y2: { field: 'end' } },
      },
      ...DRAWN_ORDER.filter((kind) => kind === 'best' || kind === 'complete' || kind === 'pruned')
        .filter((kind) => lines.some((line) => line.kind === kind))
        .map(
          (kind) =>
            ({
              data: { values: lines.filter((line) => line.kind === kind) },
              mark: {
                type: 'line',
                strokeOpacity: opacities[kind],
                strokeWidth: kind === 'best' ? 2.5 : 1.25,
              },
              encoding: {
                y,
                color,
                detail: { field: 'number', type: 'nominal' },
                description: { field: 'description', type: 'nominal' },
              },
            }) as const,
        ),
      ...tickLabels(axes, hasNotSet),
      {
        data: { values: axes.map(({ title }, index) => ({ index, title })) },
        mark: { type: 'text', align: 'right', angle: -30, dx: 8, dy: 4, fontSize: 12 },
        encoding: { y: { value: HEIGHT + 14 }, text: { field: 'title', type: 'nominal' } },
      },
    ],
  };
}

function ofParameter({ name, numberOf, unitOf, ticks }: ParameterAxis): Axis {
  return {
    title: name,
    ticks: ticks.map(({ number, label }) => ({ unit: unitOf(number), label })),
    unitOf({ trial }) {
      const value = trial.params[name];
      return value === undefined ? undefined : unitOf(numberOf(value));
    },
  };
}

function ofMetric({ shortTitle, ticks, unitOf, numberOf }: MetricScale): Axis {
  return {
    title: shortTitle,
    ticks: ticks.map(({ number, label }) => ({ unit: unitOf(number), label })),
    unitOf: ({ value }) => (value === undefined ? undefined : unitOf(numberOf(value))),
  };
}

/** The labels of the ticks, with an outline so that they can be read on top of lines: at the outer side of their axis. */
function tickLabels(axes: readonly Axis[], hasNotSet: boolean) {
  const labels = axes.flatMap(({ ticks }, index) => ticks.map((tick) => ({ index, ...tick })));
  const notSet = { index: 0, unit: NOT_SET, label: 'not set' };
  const isLast = ({ index }: { readonly index: number }) => index === axes.length - 1;
  const layers = [
    { values: labels.filter((label) => !isLast(label)), align: 'right', dx: -5 },
    { values: labels.filter(isLast), align: 'left', dx: 5 },
    { values: hasNotSet ? [notSet] : [], align: 'right', dx: -5 },
  ] as const;
  return layers.flatMap(({ values, ...side }) => {
    const encoding = {
      y: { field: 'unit', type: 'quantitative', axis: null },
      text: { field: 'label', type: 'nominal' },
    } as const;
    const mark = { type: 'text', fontSize: 11, ...side } as const;
    const outlined = { ...mark, stroke: colorOf('background'), strokeWidth: 3 } as const;
    return [outlined, mark].map((each) => ({ data: { values: [...values] }, encoding, mark: each }));
  });
}
