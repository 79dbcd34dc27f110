import { formatCount, formatPercent, formatPValue, formatSeconds } from '../../core/format.js';
import { comparePredictions } from '../../runs/comparePredictions.js';
import { describeSample, SIGNIFICANT, wilsonInterval } from '../../runs/statistics.js';
import { accuracyChart } from '../charts/accuracies.js';
import type { Block, Section, Text } from '../document.js';
import { drawImageRows } from '../draw/sheets.js';
import type { ReportRun } from '../runs.js';
import { type Context, type RunGroup, titleOf } from './context.js';
import { intervalText } from './results.js';
import { code, reference, sentences, text } from './text.js';

const SHOWN = 8;

/** The main network beside the others, where there are some. */
export function comparisonSection(context: Context): Section[] {
  const { main, repeats, others } = context;
  if (others.length === 0) return [];
  const [[rival]] = others;
  const groups = [repeats, ...others];
  const blocks: Block[] = [
    { type: 'paragraph', text: verdict(main, rival, context) },
    comparisonTable(groups, context),
    accuracyFigure(groups, context),
    agreementTable(main, rival, context),
    ...disagreements(main, rival, context),
  ];
  return [{ id: 'comparison', title: comparisonTitle(context), blocks, subsections: [] }];
}

function comparisonTitle(context: Context): string {
  return [context.main, ...context.others.map(([first]) => first)]
    .map((run) => titleOf(run, context))
    .join(' against ');
}

/** How two runs answer the same images, by McNemar's test. */
export function compareRuns(first: ReportRun, second: ReportRun) {
  const { labels, predictions } = first.evidence;
  return comparePredictions(predictions, second.evidence.predictions, labels);
}

function verdict(main: ReportRun, rival: ReportRun, context: Context): Text {
  const { onlyFirst, onlySecond, pValue } = compareRuns(main, rival);
  const [mainTitle, rivalTitle] = [main, rival].map((run) => titleOf(run, context));
  const better = onlyFirst > onlySecond ? mainTitle : rivalTitle;
  return sentences(
    text`${code(mainTitle)} has ${formatPercent(main.test.accuracy)} of the test images right, ${code(rivalTitle)} ${formatPercent(rival.test.accuracy)} (${reference('comparison-table')}).`,
    text`${reference('accuracies')} shows how certain these accuracies are.`,
    text`They disagree where one alone is right: ${code(mainTitle)} on ${formatCount(onlyFirst)} images, ${code(rivalTitle)} on ${formatCount(onlySecond)} (${reference('agreement')}).`,
    pValue < SIGNIFICANT
      ? text`By McNemar’s exact test that is more than chance, in favour of ${code(better)} (${formatPValue(pValue)}).`
      : text`By McNemar’s exact test that can be chance (${formatPValue(pValue)}).`,
  );
}

function comparisonTable(groups: readonly RunGroup[], context: Context): Block {
  const runs = groups.map(([first]) => first);
  const row = (name: string, cell: (run: ReportRun) => string): Text[] => [
    [name],
    ...runs.map((run) => text`${cell(run)}`),
  ];
  const trained = (cell: (run: ReportRun) => string) => (run: ReportRun) =>
    run.summary.stopReason === 'imported' ? '–' : cell(run);
  const rows = [
    row('Test accuracy', ({ test }) => formatPercent(test.accuracy)),
    row('95 % interval', intervalText),
    ...(groups.some((group) => group.length > 1) ? [meansRow(groups)] : []),
    row('Parameters', ({ summary }) => formatCount(summary.model.parameters)),
    row('Multiply-adds an image', ({ summary }) => formatCount(summary.model.multiplyAdds)),
    row(
      'Epochs',
      trained(({ summary }) => String(summary.epochs.length)),
    ),
    row(
      'Time of training',
      trained(({ summary }) => formatSeconds(summary.timing.trainSeconds)),
    ),
    row(
      'Images a second in training',
      trained(({ summary }) => formatCount(summary.timing.imagesPerSecond)),
    ),
  ];
  return {
    type: 'table',
    id: 'comparison-table',
    caption: text`What the networks take and what they reach.`,
    columns: [
      { title: '', align: 'left' },
      ...runs.map((run) => ({ title: titleOf(run, context), align: 'right' as const })),
    ],
    rows,
  };
}

function meansRow(groups: readonly RunGroup[]): Text[] {
  return [
    ['Mean over seeds'],
    ...groups.map((group) => {
      if (group.length === 1) return ['–'];
      const { mean, standardDeviation } = describeSample(group.map(({ test }) => test.accuracy));
      return text`${formatPercent(mean)} ± ${(100 * standardDeviation).toFixed(2)} (${group.length})`;
    }),
  ];
}

function accuracyFigure(groups: readonly RunGroup[], context: Context): Block {
  const estimates = groups.flat().map((run) => ({
    title: `${titleOf(run, context)}, seed ${run.summary.seed}`,
    value: run.test.accuracy,
    ...wilsonInterval(run.test.correct, run.test.total),
  }));
  return {
    type: 'figure',
    id: 'accuracies',
    caption: text`Test accuracy of each run with its 95 % interval. The scale does not start at zero.`,
    alternative: `Test accuracies with intervals: ${estimates.map(({ title, value }) => `${title} ${formatPercent(value)}`).join('; ')}.`,
    picture: { type: 'chart', chart: accuracyChart(estimates) },
  };
}

function agreementTable(main: ReportRun, rival: ReportRun, context: Context): Block {
  const { bothRight, onlyFirst, onlySecond, bothWrong, pValue } = compareRuns(main, rival);
  const [mainTitle, rivalTitle] = [main, rival].map((run) => titleOf(run, context));
  return {
    type: 'table',
    id: 'agreement',
    caption: text`Where the two networks agree; McNemar’s exact test compares the two middle rows: ${formatPValue(pValue)}.`,
    columns: [
      { title: 'Test images answered right by', align: 'left' },
      { title: 'Images', align: 'right' },
    ],
    rows: [
      [['both'], [formatCount(bothRight)]],
      [text`${code(mainTitle)} only`, [formatCount(onlyFirst)]],
      [text`${code(rivalTitle)} only`, [formatCount(onlySecond)]],
      [['neither'], [formatCount(bothWrong)]],
    ],
  };
}

/** Images that one of two runs alone has right, as far as they are kept: they are mistakes of the other. */
function disagreements(main: ReportRun, rival: ReportRun, context: Context): Block[] {
  const onlyRightIn = (right: ReportRun, wrong: ReportRun) => ({
    title: titleOf(right, context),
    images: wrong.evidence.answers
      .filter(({ image }) => {
        const label = wrong.evidence.labels[image];
        return right.evidence.predictions[image] === label && wrong.evidence.predictions[image] !== label;
      })
      .slice(0, SHOWN)
      .map(({ pixels }) => pixels),
  });
  const rows = [onlyRightIn(main, rival), onlyRightIn(rival, main)].filter(({ images }) => images.length > 0);
  if (rows.length === 0) return [];
  return [
    {
      type: 'paragraph',
      text: text`${reference('disagreements')} shows some of the images on which they disagree.`,
    },
    {
      type: 'figure',
      id: 'disagreements',
      caption: text`Test images that one network alone has right, its name in front; the other’s most confident mistakes first.`,
      alternative: rows
        .map(({ title, images }) => `${images.length} images that only ${title} has right.`)
        .join(' '),
      picture: { type: 'drawing', drawing: drawImageRows(rows, main.summary.dataset.shape) },
    },
  ];
}
