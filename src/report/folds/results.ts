import { formatCount, formatLoss, formatPercent } from '../../core/format.js';
import { wilsonInterval } from '../../runs/compare/statistics.js';
import { accuracyChart } from '../charts/accuracies.js';
import { calibrationSubsections } from '../content/results/calibration.js';
import { classMetricsSubsection } from '../content/results/classMetrics.js';
import { confusionSubsection } from '../content/results/confusion.js';
import { metricsSubsection } from '../content/results/metrics.js';
import { predictionsSubsection } from '../content/results/predictions.js';
import { cite, reference, sentences, strong, text } from '../content/text.js';
import type { Block, Section, Subsection, Text } from '../document.js';
import { foldResults, meanOfFolds } from './foldStatistics.js';
import { ofOutOfFoldImages } from './outOfFoldWords.js';
import type { ReportFolds } from './reportFolds.js';

/** The results of each fold, and of the images of all folds together. */
export function resultsSection(folds: ReportFolds): Section {
  const { pooled } = folds;
  const ofAll = [
    confusionSubsection(pooled),
    classMetricsSubsection(pooled),
    metricsSubsection(pooled),
    ...calibrationSubsections(pooled),
    predictionsSubsection(pooled),
  ];
  return {
    id: 'results',
    title: 'Results',
    blocks: [],
    subsections: [accuracySubsection(folds), ...ofAll.map(ofOutOfFoldImages)],
  };
}

/** `97.95 % to 98.45 %`; a dash where all folds are equal */
export function intervalText(interval: { readonly low: number; readonly high: number } | undefined): string {
  return interval === undefined ? '–' : `${formatPercent(interval.low)} to ${formatPercent(interval.high)}`;
}

function accuracySubsection(folds: ReportFolds): Subsection {
  const { pooled, runs } = folds;
  const { mean, standardDeviation, interval } = meanOfFolds(folds);
  const last = runs.flatMap(({ summary }) => summary.epochs.at(-1)?.validationAccuracy ?? []);
  const meanOfLast = last.reduce((sum, accuracy) => sum + accuracy, 0) / last.length;
  return {
    id: 'accuracy-of-folds',
    title: 'Accuracy of the folds',
    blocks: [
      {
        type: 'paragraph',
        text: sentences(
          text`Over the ${runs.length} folds (${reference('folds')}, ${reference('fold-accuracies')}), the mean accuracy is ${strong(formatPercent(mean))}, with a standard deviation of ${(100 * standardDeviation).toFixed(2)} percentage points.`,
          text`The 95 % confidence interval of the mean is ${intervalText(interval)}. It is corrected for the training images that the folds have in common, which makes their results depend on each other ${cite('nadeau2003inference')}.`,
          text`The mean accuracy of the last epochs, which these images did not select, is ${formatPercent(meanOfLast)}.`,
          text`Of all ${formatCount(pooled.test.total)} images, ${formatCount(pooled.test.correct)} are classified correctly, ${formatPercent(pooled.test.accuracy)}.`,
        ),
      },
      foldsTable(folds),
      accuracyFigure(folds),
    ],
  };
}

function foldsTable(folds: ReportFolds): Block {
  const results = foldResults(folds);
  return {
    type: 'table',
    id: 'folds',
    caption: text`The images of each fold, classified by the model that was trained on the others; the interval is the Wilson score.`,
    columns: [
      'Fold',
      'Images',
      'Best epoch',
      'Accuracy',
      '95 % interval',
      'Macro F1 score',
      'Loss',
      'Last epoch',
    ].map((title) => ({ title, align: 'right' as const })),
    rows: folds.runs.map(({ summary: { epochs, best } }, index): Text[] => {
      const { fold, correct, images, macroF1 } = results[index];
      const selected = epochs.find(({ epoch }) => epoch === best?.epoch);
      return [
        [String(fold)],
        [formatCount(images)],
        [String(best?.epoch ?? '–')],
        text`${formatPercent(correct / images)}`,
        text`${intervalText(wilsonInterval(correct, images))}`,
        text`${formatPercent(macroF1)}`,
        [selected === undefined ? '–' : formatLoss(selected.validationLoss)],
        text`${formatPercent(epochs.at(-1)?.validationAccuracy ?? NaN)}`,
      ];
    }),
  };
}

function accuracyFigure(folds: ReportFolds): Block {
  const estimates = foldResults(folds).map(({ fold, correct, images }) => ({
    title: `fold ${fold}`,
    value: correct / images,
    ...wilsonInterval(correct, images),
  }));
  return {
    type: 'figure',
    id: 'fold-accuracies',
    caption: text`Accuracy of each fold with its 95 % confidence interval. The axis does not start at zero.`,
    altText: `Accuracies with confidence intervals: ${estimates.map(({ title, value }) => `${title} ${formatPercent(value)}`).join('; ')}.`,
    graphic: { type: 'chart', chart: accuracyChart(estimates, 'accuracy (%)') },
  };
}
