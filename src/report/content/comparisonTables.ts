import { formatCount, formatPercent, formatPValue, formatSeconds } from '../../core/format.js';
import type { PairedComparison } from '../../runs/compare/comparePredictions.js';
import { describeSample } from '../../runs/compare/statistics.js';
import type { Block, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { intervalText } from './results/accuracy.js';
import { type Context, type RunGroup, runTitle } from './context.js';
import { code, text } from './text.js';

/** The size, cost and accuracy of each network, one column per group of runs. */
export function comparisonTable(groups: readonly RunGroup[], context: Context): Block {
  const runs = groups.map(([first]) => first);
  const row = (name: string, cell: (run: ReportRun) => string): Text[] => [
    [name],
    ...runs.map((run) => text`${cell(run)}`),
  ];
  const trainingRow = (name: string, cell: (run: ReportRun) => string) =>
    row(name, (run) => (run.summary.stopReason === 'imported' ? '–' : cell(run)));
  return {
    type: 'table',
    id: 'comparison-table',
    caption: text`Accuracy, size, and cost of the networks.`,
    columns: [
      { title: '', align: 'left' },
      ...runs.map((run) => ({ title: runTitle(run, context), align: 'right' as const })),
    ],
    rows: [
      row('Test accuracy', ({ test }) => formatPercent(test.accuracy)),
      row('95 % confidence interval', ({ test }) => intervalText(test)),
      row('Macro F1 score', ({ test }) => formatPercent(test.macroF1)),
      ...(groups.some((group) => group.length > 1) ? seedRows(groups) : []),
      row('Parameters', ({ summary }) => formatCount(summary.model.parameters)),
      row('Multiply-adds per image', ({ summary }) => formatCount(summary.model.multiplyAdds)),
      trainingRow('Epochs', ({ summary }) => String(summary.epochs.length)),
      trainingRow('Training time', ({ summary }) => formatSeconds(summary.timing.trainSeconds)),
      trainingRow('Training throughput (images/s)', ({ summary }) =>
        formatCount(summary.timing.imagesPerSecond),
      ),
    ],
  };
}

function seedRows(groups: readonly RunGroup[]): Text[][] {
  return [
    [['Seeds'], ...groups.map((group) => [formatCount(group.length)])],
    [
      ['Mean ± standard deviation'],
      ...groups.map((group) => {
        if (group.length === 1) return ['–'];
        const { mean, standardDeviation } = describeSample(group.map(({ test }) => test.accuracy));
        return text`${(100 * mean).toFixed(2)} ± ${formatPercent(standardDeviation)}`;
      }),
    ],
  ];
}

/** On how many test images both, one or neither of two networks is correct. */
export function pairedResultsTable(
  runs: readonly [ReportRun, ReportRun],
  { bothCorrect, onlyFirst, onlySecond, bothWrong, pValue }: PairedComparison,
  context: Context,
): Block {
  const [first, second] = runs.map((run) => runTitle(run, context));
  return {
    type: 'table',
    id: 'paired-results',
    caption: text`Paired results on the test images. McNemar’s exact test compares the two middle rows: ${formatPValue(pValue)}.`,
    columns: [
      { title: 'Correctly classified by', align: 'left' },
      { title: 'Images', align: 'right' },
    ],
    rows: [
      [['both'], [formatCount(bothCorrect)]],
      [text`${code(first)} only`, [formatCount(onlyFirst)]],
      [text`${code(second)} only`, [formatCount(onlySecond)]],
      [['neither'], [formatCount(bothWrong)]],
    ],
  };
}
