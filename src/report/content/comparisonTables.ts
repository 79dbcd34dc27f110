import { formatCount, formatLoss, formatPercent, formatPValue, formatSeconds } from '../../core/format.js';
import { ACCURACY_RANGE, describeSample } from '../../runs/compare/statistics.js';
import type { Block, Column, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { COHENS_D_Z, formatSigned, titlesOf } from './comparisonText.js';
import { type Context, groupsOf, type RunGroup, runTitle } from './context.js';
import { formatRatio } from './results/metrics.js';
import { intervalText } from './results/accuracy.js';
import { runMetrics } from './results/runMetrics.js';
import { settingPairs } from './settingPairs.js';
import { cite, code, text } from './text.js';

/** More networks do not fit side by side: they are divided among several tables. */
const MAX_COLUMNS = 4;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

/** The accuracy, size, and cost of each network, one column per group of runs. */
export function comparisonTables(context: Context): Block[] {
  const groups = groupsOf(context);
  const parts = Array.from({ length: Math.ceil(groups.length / MAX_COLUMNS) }, (_, part) =>
    groups.slice(part * MAX_COLUMNS, (part + 1) * MAX_COLUMNS),
  );
  const hasSeeds = groups.some((group) => group.length > 1);
  return parts.map((part, index) => ({
    type: 'table',
    id: index === 0 ? 'comparison-table' : `comparison-table-${index + 1}`,
    caption: text`Accuracy, size, and cost of the networks${index === 0 ? '' : ', continued'}. ${hasSeeds ? 'Of several seeds, the means are shown.' : ''}`,
    columns: [left(''), ...part.map(([run]) => right(runTitle(run, context)))],
    rows: comparisonRows(part, hasSeeds),
  }));
}

function comparisonRows(groups: readonly RunGroup[], hasSeeds: boolean): Text[][] {
  const row = (name: string, cell: (group: RunGroup) => string): Text[] => [
    [name],
    ...groups.map((group) => text`${cell(group)}`),
  ];
  const meanRow = (
    name: string,
    valueOf: (run: ReportRun) => number | undefined,
    format: (value: number) => string,
  ) =>
    row(name, (group) => {
      const values = group.flatMap((run) => valueOf(run) ?? []);
      return values.length < group.length ? '–' : format(mean(values));
    });
  const trainingRow = (
    name: string,
    valueOf: (run: ReportRun) => number,
    format: (value: number) => string,
  ) => meanRow(name, (run) => (run.summary.stopReason === 'imported' ? undefined : valueOf(run)), format);
  const calibrated = (run: ReportRun) => {
    const metrics = runMetrics(run);
    return metrics?.calibrated ?? metrics?.uncalibrated;
  };
  return [
    meanRow('Test accuracy', ({ test }) => test.accuracy, formatPercent),
    ...(hasSeeds ? seedRows(row) : []),
    row('95 % confidence interval', (group) =>
      group.length === 1 ? intervalText(group[0].test) : meanIntervalText(group),
    ),
    meanRow('Macro F1 score', ({ test }) => test.macroF1, formatPercent),
    meanRow('Area under the ROC curve (macro)', (run) => runMetrics(run)?.rocAuc.macro, formatRatio),
    meanRow('Log loss, calibrated', (run) => calibrated(run)?.logLoss, formatLoss),
    meanRow(
      'Calibration error, calibrated',
      (run) => calibrated(run)?.expectedCalibrationError,
      formatPercent,
    ),
    row('Parameters', ([{ summary }]) => formatCount(summary.model.parameters)),
    row('Multiply-adds per image', ([{ summary }]) => formatCount(summary.model.multiplyAdds)),
    trainingRow(
      'Epochs',
      ({ summary }) => summary.epochs.length,
      (value) => String(Number(value.toFixed(1))),
    ),
    trainingRow('Training time', ({ summary }) => summary.timing.trainSeconds, formatSeconds),
    trainingRow(
      'Training throughput (images/s)',
      ({ summary }) => summary.timing.imagesPerSecond,
      formatCount,
    ),
  ];
}

function seedRows(row: (name: string, cell: (group: RunGroup) => string) => Text[]): Text[][] {
  return [
    row('Seeds', (group) => formatCount(group.length)),
    row('Standard deviation (points)', (group) =>
      group.length === 1
        ? '–'
        : formatPoints(describeSample(group.map(({ test }) => test.accuracy)).standardDeviation),
    ),
  ];
}

function meanIntervalText(group: RunGroup): string {
  const { interval } = describeSample(
    group.map(({ test }) => test.accuracy),
    ACCURACY_RANGE,
  );
  return `${formatPercent(interval.low)} to ${formatPercent(interval.high)}`;
}

/** Of a fraction, in percentage points. */
const formatPoints = (fraction: number) => (100 * fraction).toFixed(2);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** All runs one by one, where networks have several. */
export function runsTables(context: Context): Block[] {
  const groups = groupsOf(context);
  if (groups.every((group) => group.length === 1)) return [];
  return [
    {
      type: 'table',
      id: 'runs-table',
      caption: text`Test results of all runs.`,
      columns: [
        left('Network'),
        right('Seed'),
        right('Test accuracy'),
        right('95 % interval'),
        right('Macro F1 score'),
        right('Test loss'),
      ],
      rows: groups.flatMap((group) =>
        group.map((run): Text[] => [
          [code(runTitle(group[0], context))],
          [String(run.summary.seed)],
          text`${formatPercent(run.test.accuracy)}`,
          text`${intervalText(run.test)}`,
          text`${formatPercent(run.test.macroF1)}`,
          [formatLoss(run.test.loss)],
        ]),
      ),
    },
  ];
}

/** Where networks have several runs, which ones are compared image by image. */
function ofFirstRuns(context: Context): string {
  const groups = groupsOf(context);
  if (groups.every((group) => group.length === 1)) return '';
  const seeds = [...new Set(groups.map(([{ summary }]) => summary.seed))];
  return seeds.length === 1 ? `, of the runs with seed ${seeds[0]}` : ', of the first run of each';
}

/** On how many test images both, one, or neither of each two networks is correct. */
export function pairedResultsTable(context: Context): Block {
  const pairs = settingPairs(context);
  const [{ images }] = pairs;
  const base = { type: 'table', id: 'paired-results' } as const;
  if (pairs.length > 1) {
    return {
      ...base,
      caption: text`Numbers of test images that both, one, or neither of two networks classifies correctly${ofFirstRuns(context)}.`,
      columns: [
        left('First'),
        left('Second'),
        ...['Both', 'First only', 'Second only', 'Neither'].map(right),
      ],
      rows: pairs.map((pair) => [
        ...titlesOf(pair, context).map((title) => [code(title)]),
        ...[
          pair.images.bothCorrect,
          pair.images.onlyFirst,
          pair.images.onlySecond,
          pair.images.bothWrong,
        ].map((count) => [formatCount(count)]),
      ]),
    };
  }
  const [first, second] = titlesOf(pairs[0], context);
  return {
    ...base,
    caption: text`Paired results on the test images${ofFirstRuns(context)}. McNemar’s exact test compares the two middle rows: ${formatPValue(images.pValue)}.`,
    columns: [left('Correctly classified by'), right('Images')],
    rows: [
      [['both'], [formatCount(images.bothCorrect)]],
      [text`${code(first)} only`, [formatCount(images.onlyFirst)]],
      [text`${code(second)} only`, [formatCount(images.onlySecond)]],
      [['neither'], [formatCount(images.bothWrong)]],
    ],
  };
}

/** The tests of each two networks, on the images and over the seeds. */
export function pairTestsTable(context: Context): Block {
  const rows = settingPairs(context).flatMap((pair) => {
    const { images, seeds } = pair;
    const titles = titlesOf(pair, context).map((title): Text => [code(title)]);
    const row = (
      on: string,
      effect: Text,
      { difference, interval, pValue, adjustedPValue }: TestResult,
    ): Text[] => [
      ...titles,
      [on],
      [formatSigned(difference)],
      [interval === undefined ? '–' : `${formatSigned(interval.low)} to ${formatSigned(interval.high)}`],
      effect,
      text`${formatPValue(pValue)}`,
      text`${formatPValue(adjustedPValue)}`,
    ];
    return [
      row('images', text`g = ${images.cohensG.toFixed(2)}`, images),
      ...(seeds === undefined
        ? []
        : [
            row(
              `${seeds.count} seeds`,
              seeds.cohensD === undefined ? ['–'] : text`${COHENS_D_Z} = ${seeds.cohensD.toFixed(2)}`,
              seeds,
            ),
          ]),
    ];
  });
  return {
    type: 'table',
    id: 'pair-tests',
    caption: text`Differences of the test accuracies in percentage points, first minus second network, with 95 % confidence intervals. On images: McNemar’s exact test ${cite('mcnemar1947note')} of the first run of each, with Cohen’s g ${cite('cohen1988statistical')} and the interval of Bonett and Price ${cite('bonett2012adjusted')}. Over seeds that both have, which make the pairs: the paired t test, with Cohen’s ${COHENS_D_Z}, the mean of the differences in units of their standard deviation; it decides where it is possible. The last column is adjusted by Holm’s method ${cite('holm1979simple')} for all tests of the same kind.`,
    columns: [
      left('First'),
      left('Second'),
      left('On'),
      ...['Difference', '95 % interval', 'Effect', 'p-value', 'Adjusted'].map(right),
    ],
    rows,
  };
}

interface TestResult {
  readonly difference: number;
  readonly interval: { readonly low: number; readonly high: number } | undefined;
  readonly pValue: number;
  readonly adjustedPValue: number;
}
