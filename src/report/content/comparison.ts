import { formatCount, formatPercent, formatPValue } from '../../core/format.js';
import { comparePredictions } from '../../runs/compare/comparePredictions.js';
import { SIGNIFICANT, wilsonInterval } from '../../runs/compare/statistics.js';
import { accuracyChart } from '../charts/accuracies.js';
import type { Block, Section, Text } from '../document.js';
import { drawImageRows } from '../draw/imageRows.js';
import type { ReportRun } from '../reportRun.js';
import { comparisonTable, pairedResultsTable } from './comparisonTables.js';
import { type Context, type RunGroup, runTitle } from './context.js';
import { cite, code, reference, sentences, text } from './text.js';

/** At most this many images per network are shown of those that only it classifies correctly. */
const MAX_DISAGREEMENTS = 8;

/** Compares the main network with the others, if there are any. */
export function comparisonSection(context: Context): Section[] {
  const { main, repeats, others } = context;
  if (others.length === 0) return [];
  const [[other]] = others;
  const groups = [repeats, ...others];
  const blocks: Block[] = [
    { type: 'paragraph', text: conclusion(main, other, context) },
    comparisonTable(groups, context),
    accuracyFigure(groups, context),
    pairedResultsTable([main, other], compareTestPredictions(main, other), context),
    ...disagreements(main, other, context),
  ];
  return [{ id: 'comparison', title: comparisonTitle(context), blocks, subsections: [] }];
}

/** `Comparison of a and b`, `Comparison of a, b, and c` */
function comparisonTitle(context: Context): string {
  const titles = [context.main, ...context.others.map(([first]) => first)].map((run) =>
    runTitle(run, context),
  );
  return `Comparison of ${new Intl.ListFormat('en-US').format(titles)}`;
}

/** Compares the predictions of two runs for the same test images with McNemar’s exact test. */
export function compareTestPredictions(first: ReportRun, second: ReportRun) {
  const { labels, predictions } = first.predictionRecord;
  return comparePredictions(predictions, second.predictionRecord.predictions, labels);
}

function conclusion(main: ReportRun, other: ReportRun, context: Context): Text {
  const { onlyFirst, onlySecond, pValue } = compareTestPredictions(main, other);
  const [mainTitle, otherTitle] = [main, other].map((run) => runTitle(run, context));
  const better = onlyFirst > onlySecond ? mainTitle : otherTitle;
  const level = `${100 * SIGNIFICANT} %`;
  return sentences(
    text`${code(mainTitle)} classifies ${formatPercent(main.test.accuracy)} of the test images correctly, and ${code(otherTitle)} ${formatPercent(other.test.accuracy)} (${reference('comparison-table')}).`,
    text`${reference('accuracies')} shows the confidence intervals of these accuracies.`,
    text`Only ${code(mainTitle)} is correct on ${formatCount(onlyFirst)} images, and only ${code(otherTitle)} on ${formatCount(onlySecond)} (${reference('paired-results')}).`,
    pValue < SIGNIFICANT
      ? text`According to McNemar’s exact test ${cite('mcnemar1947note')}, ${code(better)} is significantly more accurate at the ${level} level (${formatPValue(pValue)}).`
      : text`According to McNemar’s exact test ${cite('mcnemar1947note')}, the difference is not significant at the ${level} level (${formatPValue(pValue)}).`,
  );
}

function accuracyFigure(groups: readonly RunGroup[], context: Context): Block {
  const estimates = groups.flat().map((run) => ({
    title: `${runTitle(run, context)}, seed ${run.summary.seed}`,
    value: run.test.accuracy,
    ...wilsonInterval(run.test.correct, run.test.total),
  }));
  return {
    type: 'figure',
    id: 'accuracies',
    caption: text`Test accuracy of each run with its 95 % confidence interval. The axis does not start at zero.`,
    altText: `Test accuracies with confidence intervals: ${estimates.map(({ title, value }) => `${title} ${formatPercent(value)}`).join('; ')}.`,
    graphic: { type: 'chart', chart: accuracyChart(estimates) },
  };
}

/** Recorded test images that only one of two networks classifies correctly; they are errors of the other one. */
function disagreements(main: ReportRun, other: ReportRun, context: Context): Block[] {
  const onlyCorrectIn = (correct: ReportRun, incorrect: ReportRun) => ({
    title: runTitle(correct, context),
    images: incorrect.predictionRecord.examples
      .filter(({ image }) => {
        const label = incorrect.predictionRecord.labels[image];
        return (
          correct.predictionRecord.predictions[image] === label &&
          incorrect.predictionRecord.predictions[image] !== label
        );
      })
      .slice(0, MAX_DISAGREEMENTS)
      .map(({ pixels }) => pixels),
  });
  const rows = [onlyCorrectIn(main, other), onlyCorrectIn(other, main)].filter(
    ({ images }) => images.length > 0,
  );
  if (rows.length === 0) return [];
  return [
    {
      type: 'paragraph',
      text: text`${reference('disagreements')} shows test images that only one of the two networks classifies correctly.`,
    },
    {
      type: 'figure',
      id: 'disagreements',
      caption: text`Test images that only the network named on the left classifies correctly, in descending order of the other network’s confidence.`,
      altText: rows
        .map(({ title, images }) => `${images.length} images that only ${title} classifies correctly.`)
        .join(' '),
      graphic: { type: 'drawing', drawing: drawImageRows(rows, main.summary.dataset.shape) },
    },
  ];
}
