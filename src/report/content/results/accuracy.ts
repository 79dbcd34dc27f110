import { formatCount, formatLoss, formatPercent, formatPlural } from '../../../core/format.js';
import { viewsOf } from '../../../predict/views.js';
import { formatViews } from '../../../predict/viewSettings.js';
import { ACCURACY_RANGE, describeSample, wilsonInterval } from '../../../runs/compare/statistics.js';
import type { Block, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { detectionText } from '../comparisonText.js';
import type { Context } from '../context.js';
import { cite, reference, sentences, strong, text } from '../text.js';

/** The accuracy on the test images, and the spread over seeds. */
export function accuracySubsection({ main, repeats }: Context): Subsection {
  const { test } = main;
  return {
    id: 'test-accuracy',
    title: 'Test accuracy',
    blocks: [
      {
        type: 'paragraph',
        text: sentences(
          text`${repeats.length === 1 ? 'The network' : `The run with seed ${main.summary.seed}, which is the first one and was not chosen by its result,`} classifies ${formatCount(test.correct)} of the ${formatCount(test.total)} test images correctly, an accuracy of ${strong(formatPercent(test.accuracy))} (95 % confidence interval: ${intervalText(main.test)}, Wilson score ${cite('wilson1927probable')}). The macro F1 score, the mean F1 score of the classes ${cite('sokolova2009systematic')}, is ${strong(formatPercent(test.macroF1))}. The mean cross-entropy loss is ${formatLoss(test.loss)}.`,
          testTimeAugmentation(main),
        ),
      },
      ...(repeats.length > 1 ? seedBlocks(repeats) : []),
    ],
  };
}

function testTimeAugmentation({ config: { tta }, summary: { dataset } }: ReportRun): Text {
  if (tta === undefined) return [];
  const views = viewsOf(tta, dataset.shape).length;
  return text`Predictions are averaged over ${formatPlural(views, 'view')} of each image (${formatViews(tta)}).`;
}

/** `98.50 % to 98.94 %`: the 95 % confidence interval of an accuracy */
export function intervalText({ correct, total }: Pick<ReportRun['test'], 'correct' | 'total'>): string {
  const { low, high } = wilsonInterval(correct, total);
  return `${formatPercent(low)} to ${formatPercent(high)}`;
}

function seedBlocks(runs: readonly ReportRun[]): Block[] {
  const { mean, standardDeviation, interval } = describeSample(runs.map(({ test }) => test.accuracy), ACCURACY_RANGE);
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`Over ${runs.length} seeds (${reference('seeds')}), the mean test accuracy is ${strong(formatPercent(mean))} with a standard deviation of ${(100 * standardDeviation).toFixed(2)} percentage points. The 95 % confidence interval of the mean (Student’s t ${cite('student1908probable')}) is ${formatPercent(interval.low)} to ${formatPercent(interval.high)}.`,
        // Differences of independent results vary by the root of two more than the results.
        detectionText(
          { count: runs.length, standardDeviation: Math.SQRT2 * standardDeviation },
          'a paired t test of two settings that vary like this one',
        ),
      ),
    },
    {
      type: 'table',
      id: 'seeds',
      caption: text`Test results of runs that differ only in their seeds.`,
      columns: [
        { title: 'Seed', align: 'right' },
        { title: 'Test accuracy', align: 'right' },
        { title: '95 % confidence interval', align: 'right' },
        { title: 'Macro F1 score', align: 'right' },
        { title: 'Test loss', align: 'right' },
      ],
      rows: runs.map((run) => [
        [String(run.summary.seed)],
        text`${formatPercent(run.test.accuracy)}`,
        text`${intervalText(run.test)}`,
        text`${formatPercent(run.test.macroF1)}`,
        [formatLoss(run.test.loss)],
      ]),
    },
  ];
}
