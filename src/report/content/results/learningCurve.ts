import { formatCount, formatPercent, formatPlural } from '../../../core/format.js';
import { learningCurve, type LearningCurvePoint } from '../../../runs/statistics/learningCurve.js';
import { numericSettings } from '../../../train/config.js';
import { learningCurveChart } from '../../charts/learningCurve.js';
import type { Block, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { type Context, runsOf } from '../context.js';
import { cite, reference, sentences, text } from '../text.js';

/** The accuracy by the number of training images, if the runs include some that differ from the main one in it. */
export function learningCurveSubsections(context: Context): Subsection[] {
  const { main } = context;
  const runs = runsOf(context).filter((run) => settingsWithoutSize(run) === settingsWithoutSize(main));
  const curve = learningCurve(
    runs.map(({ summary, test: { correct, total } }) => ({ images: summary.dataset.train, correct, total })),
  );
  if (curve.length < 2) return [];
  return [
    {
      id: 'learning-curve',
      title: 'Number of training images',
      blocks: [{ type: 'paragraph', text: findings(curve) }, curveTable(curve), curveFigure(curve)],
    },
  ];
}

function settingsWithoutSize({ config }: ReportRun): string {
  return JSON.stringify(numericSettings({ ...config, seed: 0, device: 'cpu', trainLimit: undefined }));
}

function findings(curve: readonly LearningCurvePoint[]): Text {
  const [first, last] = [curve[0], curve[curve.length - 1]];
  return sentences(
    text`The same network was also trained on subsets of the training images, which the seed draws; in each, the classes have the same shares as in all images, and a larger subset contains the smaller ones of the same seed. The validation and test images are the same (${reference('learning-curve-table')}, ${reference('learning-curve-figure')}).`,
    text`The test accuracy is ${formatPercent(first.accuracy)} after training on ${formatPlural(first.images, 'image')}, and ${formatPercent(last.accuracy)} on ${formatCount(last.images)}.`,
    curve.some(({ runs }) => runs > 1)
      ? text`The intervals of several runs are those of their mean (Student’s t ${cite('student1908probable')}), over initial weights, the order of the images, and their choice.`
      : [],
    curve.some(({ runs }) => runs === 1)
      ? text`The interval of one run is that of its accuracy on the test images (Wilson score ${cite('wilson1927probable')}); other seeds and other images would give other accuracies.`
      : [],
  );
}

function curveTable(curve: readonly LearningCurvePoint[]): Block {
  return {
    type: 'table',
    id: 'learning-curve-table',
    caption: text`Test accuracy by the number of training images.`,
    columns: [
      { title: 'Training images', align: 'right' },
      { title: 'Runs', align: 'right' },
      { title: 'Test accuracy', align: 'right' },
      { title: '95 % confidence interval', align: 'right' },
    ],
    rows: curve.map(({ images, runs, accuracy, interval }) => [
      [formatCount(images)],
      [String(runs)],
      text`${formatPercent(accuracy)}`,
      text`${formatPercent(interval.low)} to ${formatPercent(interval.high)}`,
    ]),
  };
}

function curveFigure(curve: readonly LearningCurvePoint[]): Block {
  const [first, last] = [curve[0], curve[curve.length - 1]];
  return {
    type: 'figure',
    id: 'learning-curve-figure',
    caption: text`Learning curve: test accuracy against the number of training images, on a logarithmic axis, with 95 % confidence intervals.`,
    altText: `Learning curve from ${formatPercent(first.accuracy)} with ${formatPlural(first.images, 'training image')} to ${formatPercent(last.accuracy)} with ${formatCount(last.images)}.`,
    graphic: { type: 'chart', chart: learningCurveChart(curve) },
  };
}
