import type { TopLevelSpec } from 'vega-lite';
import type { SelectionState } from '../../../sweep/finalists/finalists.js';
import type { SweepState } from '../../../sweep/journal/replay.js';
import type { Parameter } from '../../../sweep/space/space.js';
import { costOf } from '../../../sweep/trial.js';
import { colorOf } from '../../palette.js';
import { metricScale } from './metricScale.js';
import { axisEncoding, labelsOf, parameterAxis, type ParameterAxis } from './parameterAxis.js';
import { comparableTrials, kindEncoding, type PlottedTrial, symbolSize, valuesOf } from './plottedTrials.js';

/** Of complete trials that have both settings. */
const MIN_TRIALS = 5;
/** The number of parts into which a range is divided. */
const PARTS = 40;
const SIZE = 320;
/** The distance at which the weight of a trial is 61 %, as a fraction of an axis. */
const BANDWIDTH = 0.08;
/** Places with less weight, farther than a fifth of an axis from every trial, are not shaded. */
const MIN_WEIGHT = Math.exp(-((0.2 / BANDWIDTH) ** 2) / 2);
const LEVELS = 8;
/** Of neighboring rows, as a fraction of one: it hides the seams of antialiasing. */
const OVERLAP = 0.012;

/** A complete trial between two axes. */
interface Sample {
  readonly x: number;
  readonly y: number;
  /** The position on the axis of the metric; higher is better. */
  readonly value: number;
}

/** A part of a row of the plane, in numbers of the axes. */
interface Band {
  readonly x: number;
  readonly x2: number;
  readonly y: number;
  readonly y2: number;
  /** From 0 to `LEVELS - 1`, the best. */
  readonly level: number;
}

/** Whether there are enough trials to show how two parameters interact. */
export function hasContour({ trials }: Pick<SweepState, 'trials'>, pair: readonly Parameter[]): boolean {
  const isSample = ({ state, params }: SweepState['trials'][number]) =>
    state === 'complete' && pair.every(({ name }) => params[name] !== undefined);
  return pair.length === 2 && trials.filter(isSample).length >= MIN_TRIALS;
}

/**
 * The results of complete trials over the plane of two parameters: the darker, the better. What is shaded is the average of the
 * trials nearby, weighted by a normal distribution of their distance, and how dark, the share of the trials that are worse.
 */
export function contourChart(sweep: SelectionState, pair: readonly [Parameter, Parameter]): TopLevelSpec {
  const { direction } = sweep;
  const [xAxis, yAxis] = [parameterAxis(pair[0]), parameterAxis(pair[1])];
  const plotted = comparableTrials(sweep).filter(({ trial: { params } }) =>
    pair.every(({ name }) => params[name] !== undefined),
  );
  const scale = metricScale(valuesOf(plotted.filter(({ kind }) => kind !== 'pruned')), direction);
  const points = plotted
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .map((each) => ({ ...placeOf(each, xAxis, yAxis), kind: each.kind, description: each.description }));
  const samples = plotted
    .filter(({ kind }) => kind !== 'pruned')
    .map((each) => ({
      ...placeOf(each, xAxis, yAxis),
      value: -costOf(scale.unitOf(scale.numberOf(each.value ?? 0)), direction),
    }));
  const x = { field: 'x', ...axisEncoding(xAxis) } as const;
  const y = { field: 'y', ...axisEncoding(yAxis) } as const;
  return {
    params: [labelsOf(xAxis), labelsOf(yAxis)],
    width: SIZE,
    height: SIZE,
    layer: [
      {
        data: { values: bandsOf(samples, xAxis, yAxis) },
        mark: { type: 'rect', color: colorOf('blue'), aria: false },
        encoding: {
          x,
          x2: { field: 'x2' },
          y,
          y2: { field: 'y2' },
          fillOpacity: { field: 'opacity', type: 'quantitative', scale: null },
        },
      },
      {
        data: { values: points },
        mark: {
          type: 'point',
          filled: true,
          size: symbolSize(plotted.length),
          opacity: 1,
          stroke: colorOf('background'),
          strokeWidth: 0.75,
        },
        encoding: {
          x,
          y,
          ...kindEncoding(plotted),
          description: { field: 'description', type: 'nominal' },
        },
      },
    ],
  };
}

/** The best trial is drawn last. */
function rankOf({ kind }: PlottedTrial): number {
  return ['pruned', 'complete', 'best'].indexOf(kind);
}

function placeOf({ trial: { params } }: PlottedTrial, x: ParameterAxis, y: ParameterAxis) {
  return { x: x.numberOf(params[x.name] ?? null), y: y.numberOf(params[y.name] ?? null) };
}

/** The shaded parts of the plane; neighbors in a row with the same level are one. */
function bandsOf(
  samples: readonly Sample[],
  x: ParameterAxis,
  y: ParameterAxis,
): (Band & { opacity: number })[] {
  const [columns, rows] = [x, y].map((axis) => axis.choices ?? PARTS);
  const field = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      averageAt(samples, { x, y }, (column + 0.5) / columns, (row + 0.5) / rows),
    ),
  );
  const sorted = samples.map(({ value }) => value).sort((a, b) => a - b);
  const levelOf = (average: number | undefined): number | undefined => {
    if (average === undefined) return undefined;
    const worse = sorted.filter((value) => value < average).length;
    return Math.min(LEVELS - 1, Math.floor((LEVELS * worse) / sorted.length));
  };
  const bands = field.flatMap((values, row) => {
    const ends = { y: y.numberAt(row / rows), y2: y.numberAt(Math.min(1, (row + 1 + OVERLAP) / rows)) };
    const merged: Band[] = [];
    for (const [column, value] of values.entries()) {
      const level = levelOf(value);
      if (level === undefined) continue;
      const [from, to] = [x.numberAt(column / columns), x.numberAt((column + 1) / columns)];
      const last = merged.at(-1);
      if (last?.x2 === from && last.level === level) merged[merged.length - 1] = { ...last, x2: to };
      else merged.push({ x: from, x2: to, ...ends, level });
    }
    return merged;
  });
  return bands.map((band) => ({ ...band, opacity: 0.04 + (0.6 * band.level) / (LEVELS - 1) }));
}

/** The average of the trials near a place; undefined if there are none. Trials with another choice are not near. */
function averageAt(
  samples: readonly Sample[],
  { x, y }: { readonly x: ParameterAxis; readonly y: ParameterAxis },
  atX: number,
  atY: number,
): number | undefined {
  let [sum, weights] = [0, 0];
  for (const sample of samples) {
    const [dx, dy] = [distance(x, sample.x, atX), distance(y, sample.y, atY)];
    const weight = Math.exp(-(dx ** 2 + dy ** 2) / (2 * BANDWIDTH ** 2));
    sum += weight * sample.value;
    weights += weight;
  }
  return weights < MIN_WEIGHT ? undefined : sum / weights;
}

function distance(axis: ParameterAxis, number: number, unit: number): number {
  if (axis.choices === undefined) return axis.unitOf(number) - unit;
  return Math.floor(unit * axis.choices) === number ? 0 : Infinity;
}
