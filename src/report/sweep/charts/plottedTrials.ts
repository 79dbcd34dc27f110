import { formatPlural } from '../../../core/format.js';
import { formatMetric } from '../../../sweep/formatSweep.js';
import { leadingTrial, type SelectionState } from '../../../sweep/finalists/finalists.js';
import { lastEpoch, stateOfTrial, type Trial } from '../../../sweep/trial.js';
import { colorOf } from '../../palette.js';

/** What charts of a sweep tell apart. */
const STYLES = {
  best: { color: 'orange', shape: 'diamond' },
  complete: { color: 'blue', shape: 'circle' },
  pruned: { color: 'muted', shape: 'triangle-down' },
  failed: { color: 'text', shape: 'cross' },
  running: { color: 'green', shape: 'square' },
} as const;

export type Kind = keyof typeof STYLES;

/** The order in which kinds are drawn: the best one is on top. */
export const DRAWN_ORDER = ['failed', 'pruned', 'running', 'complete', 'best'] as const satisfies Kind[];

/** A trial in a chart. */
export interface PlottedTrial {
  readonly trial: Trial;
  readonly kind: Kind;
  /** Of the metric; undefined for a trial without one. */
  readonly value: number | undefined;
  /** `trial 3: 97.12 % after 4 epochs, pruned` */
  readonly description: string;
}

/** All trials of a sweep as charts show them; the value of one that is not complete is that of its last epoch. */
export function plottedTrials(sweep: SelectionState): PlottedTrial[] {
  const { trials, direction } = sweep;
  const best = leadingTrial(sweep)?.number;
  return trials.map((trial) => {
    const last = lastEpoch(trial);
    const value = trial.value ?? last?.value;
    const metric = value === undefined ? '' : `${formatMetric(value, direction)} after `;
    return {
      trial,
      kind: trial.number === best ? 'best' : trial.state,
      value,
      description: `trial ${trial.number}: ${metric}${formatPlural(last?.epoch ?? 0, 'epoch')}, ${stateOfTrial(trial)}`,
    };
  });
}

/** Colors and symbols of the kinds of trials that occur. */
export function kindEncoding(plotted: readonly PlottedTrial[]) {
  const kinds = DRAWN_ORDER.filter((kind) => plotted.some((each) => each.kind === kind)).toReversed();
  const field = {
    field: 'kind',
    type: 'nominal',
    title: null,
    sort: kinds,
    legend: { symbolOpacity: 1 },
  } as const;
  return {
    color: {
      ...field,
      scale: { domain: kinds, range: kinds.map((kind) => colorOf(STYLES[kind].color)) },
    },
    shape: { ...field, scale: { domain: kinds, range: kinds.map((kind) => STYLES[kind].shape) } },
  };
}

/** The values of trials that have one. */
export function valuesOf(plotted: readonly PlottedTrial[]): number[] {
  return plotted.flatMap(({ value }) => value ?? []);
}

/** The trials whose result can be compared: those that were trained to their end, or pruned after an epoch. */
export function comparableTrials(sweep: SelectionState): PlottedTrial[] {
  return plottedTrials(sweep).filter(
    ({ kind, value }) => value !== undefined && (kind === 'complete' || kind === 'pruned' || kind === 'best'),
  );
}

/** The size of a symbol, so that those of many trials do not hide each other. */
export function symbolSize(trials: number): number {
  return Math.max(12, 60 / (1 + trials / 100));
}
