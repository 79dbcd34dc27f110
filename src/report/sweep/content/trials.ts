import { formatCount, formatPlural } from '../../../core/format.js';
import { formatMetric, formatParams, formatValue, metricName } from '../../../sweep/formatSweep.js';
import { costOf, lastEpoch, stateOfTrial, type Trial } from '../../../sweep/trial.js';
import { reference, sentences, text } from '../../content/text.js';
import type { Block, Section, Text } from '../../document.js';
import { historyChart } from '../charts/history.js';
import { learningCurvesChart } from '../charts/learningCurves.js';
import { metricScale } from '../charts/metricScale.js';
import { plottedTrials, valuesOf } from '../charts/plottedTrials.js';
import type { ReportSweep } from '../reportSweep.js';
import { TRIALS_FILE } from '../trialsCsv.js';

/** More rows do not fit a page. */
const MAX_ROWS = 20;
/** More columns do not fit a page: the settings are then in one. */
const MAX_SETTING_COLUMNS = 4;
/** Reasons of failures. */
const MAX_REASONS = 5;

/** The course of the search, and all trials. */
export function trialsSection(sweep: ReportSweep): Section {
  return {
    id: 'trials',
    title: 'Trials',
    blocks: [
      { type: 'paragraph', text: overview(sweep) },
      ...failures(sweep),
      ...historyFigure(sweep),
      ...curvesFigure(sweep),
      trialsTable(sweep),
    ],
    subsections: [],
  };
}

function overview(sweep: ReportSweep): Text {
  const { trials } = sweep;
  const count = (state: Trial['state']) => trials.filter((trial) => trial.state === state).length;
  const epochs = trials.reduce((sum, trial) => sum + trial.epochs.size, 0);
  const states = (['complete', 'pruned', 'failed', 'running'] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${formatCount(count(state))} ${count(state) === 1 ? 'is' : 'are'} ${STATES[state]}`);
  return sentences(
    text`Of ${formatPlural(trials.length, 'trial')}, ${new Intl.ListFormat('en-US').format(states)}. Together, they took ${formatPlural(epochs, 'epoch')}.`,
    hasValues(sweep)
      ? text`${reference('history')} shows them in their order, ${reference('learning-curves')} their epochs, and ${reference('trial-table')} their settings.`
      : text`${reference('trial-table')} lists them.`,
    axisNote(sweep),
  );
}

const STATES: Readonly<Record<Trial['state'], string>> = {
  complete: 'complete',
  pruned: 'pruned',
  failed: 'failed',
  running: 'not yet ended',
};

/** Figures of trials that differ much have a logarithmic axis. */
function axisNote(sweep: ReportSweep): Text {
  const { isLogarithmic } = metricScale(valuesOf(plottedTrials(sweep)), sweep.direction);
  if (!isLogarithmic) return [];
  return sweep.direction === 'maximize'
    ? text`The axis of the accuracy is logarithmic in the error, 100 % minus the accuracy, which spreads the good trials.`
    : text`The axis of the loss is logarithmic.`;
}

function failures({ trials }: ReportSweep): Block[] {
  const counts = new Map<string, number>();
  for (const { state, error = '' } of trials) {
    if (state === 'failed') counts.set(error, (counts.get(error) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const reasons = [...counts].sort(([, a], [, b]) => b - a);
  return [
    { type: 'paragraph', text: text`Trials failed for these reasons:` },
    {
      type: 'list',
      items: [
        ...reasons
          .slice(0, MAX_REASONS)
          .map(([error, count]) => text`${error} (${formatPlural(count, 'trial')})`),
        ...(reasons.length > MAX_REASONS
          ? [text`${reasons.length - MAX_REASONS} more; all are in ${TRIALS_FILE}`]
          : []),
      ],
    },
  ];
}

function hasValues({ trials }: ReportSweep): boolean {
  return trials.some(({ epochs, state }) => state !== 'running' && epochs.size > 0);
}

function historyFigure(sweep: ReportSweep): Block[] {
  if (!hasValues(sweep)) return [];
  const { trials, direction } = sweep;
  const ended = trials.filter(({ state }) => state !== 'running').length;
  return [
    {
      type: 'figure',
      id: 'history',
      caption: text`The ${metricName(direction)} of each trial; the line is the best complete trial so far. The value of a pruned trial is that of its last epoch. Failed trials, which have none, are marked at the bottom.`,
      altText: `Scatter plot of the ${metricName(direction)} of ${formatPlural(ended, 'trial')} in their order, with a line for the best one so far.`,
      graphic: { type: 'chart', chart: historyChart(sweep) },
    },
  ];
}

function curvesFigure(sweep: ReportSweep): Block[] {
  if (!hasValues(sweep)) return [];
  const { direction } = sweep;
  return [
    {
      type: 'figure',
      id: 'learning-curves',
      caption: text`The ${metricName(direction)} of each trial after each epoch. The symbols mark the last epoch; the lines of pruned trials are lighter.`,
      altText: `Line chart of the ${metricName(direction)} of all trials by epoch.`,
      graphic: { type: 'chart', chart: learningCurvesChart(sweep) },
    },
  ];
}

/** The order of trials in a table: complete ones first, the best first, then pruned ones and those without a result. */
function ranked({ trials, direction }: ReportSweep): Trial[] {
  const order: readonly Trial['state'][] = ['complete', 'pruned', 'running', 'failed'];
  return trials.toSorted(
    (a, b) =>
      order.indexOf(a.state) - order.indexOf(b.state) ||
      costOf(a.value ?? 0, direction) - costOf(b.value ?? 0, direction) ||
      a.number - b.number,
  );
}

function trialsTable(sweep: ReportSweep): Block {
  const { direction, space, trials } = sweep;
  const names = space.parameters.map(({ name }) => name);
  const hasColumns = names.length <= MAX_SETTING_COLUMNS;
  return {
    type: 'table',
    id: 'trial-table',
    caption:
      trials.length > MAX_ROWS
        ? text`The best ${MAX_ROWS} of ${formatCount(trials.length)} trials by their ${metricName(direction)}, complete ones first. ${TRIALS_FILE} contains all.`
        : text`The trials by their ${metricName(direction)}, complete ones first.`,
    columns: [
      { title: 'Trial', align: 'right' },
      { title: 'Validation', align: 'right' },
      { title: 'Epochs', align: 'right' },
      { title: 'State', align: 'left' },
      ...(hasColumns
        ? names.map((title) => ({ title, align: 'right' }) as const)
        : [{ title: 'Settings', align: 'left' } as const]),
    ],
    rows: ranked(sweep)
      .slice(0, MAX_ROWS)
      .map((trial): Text[] => [
        [String(trial.number)],
        text`${formatMetric(trial.value, direction)}`,
        [String(lastEpoch(trial)?.epoch ?? 0)],
        [stateOfTrial(trial)],
        ...(hasColumns
          ? names.map((name) => [formatValue(trial.params[name])])
          : [[formatParams(trial.params)]]),
      ]),
  };
}
