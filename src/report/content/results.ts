import { formatCount, formatLoss, formatPercent, formatPlural } from '../../core/format.js';
import { describeSample, wilsonInterval } from '../../runs/statistics.js';
import { classMetricsChart } from '../charts/classMetrics.js';
import { confusionChart } from '../charts/confusion.js';
import type { Block, Figure, Section, Subsection } from '../document.js';
import type { ReportRun } from '../runs.js';
import type { Context } from './context.js';
import { pairId, pairsGallery } from './pairs.js';
import { predictions } from './predictions.js';
import { insight } from './insight.js';
import { reference, strong, text } from './text.js';

export function resultsSection(context: Context): Section {
  const { main } = context;
  return {
    id: 'results',
    title: 'Results',
    blocks: [],
    subsections: [accuracy(context), confusion(main), classes(main), predictions(main), ...insight(main)],
  };
}

/** `98.74 %`, of a run with its 95 % interval */
export function intervalText({ test }: ReportRun): string {
  const { low, high } = wilsonInterval(test.correct, test.total);
  return `${formatPercent(low)} to ${formatPercent(high)}`;
}

function accuracy({ main, repeats }: Context): Subsection {
  const { test } = main;
  const blocks: Block[] = [
    {
      type: 'paragraph',
      text: text`Of ${formatCount(test.total)} test images, the network classifies ${formatCount(test.correct)} correctly: an accuracy of ${strong(formatPercent(test.accuracy))}. The 95 % interval, by Wilson’s method, is ${intervalText(main)}. The mean loss is ${formatLoss(test.loss)}.`,
    },
  ];
  blocks.push(...confidence(main));
  if (repeats.length > 1) blocks.push(...seeds(repeats));
  return { id: 'test-accuracy', title: 'Test accuracy', blocks };
}

/** How sure the network is, and how far that can be trusted. */
function confidence({ summary: { calibration } }: ReportRun): Block[] {
  if (calibration === undefined) return [];
  const { temperature, threshold, leastEvidence, coverage, precision, images } = calibration;
  return [
    {
      type: 'paragraph',
      text: text`How sure it is was measured on ${formatPlural(images, 'validation image')}: its outputs divided by ${temperature.toFixed(2)} give honest probabilities. An answer of less than ${formatPercent(threshold)}, or with a log-sum-exp of the outputs below ${leastEvidence.toFixed(2)}, is doubtful; the other ${formatPercent(coverage)} of the answers are right in ${formatPercent(precision)} of the cases.`,
    },
  ];
}

function seeds(runs: readonly ReportRun[]): Block[] {
  const { mean, standardDeviation, interval } = describeSample(runs.map(({ test }) => test.accuracy));
  return [
    {
      type: 'paragraph',
      text: text`Over ${runs.length} seeds (${reference('seeds')}) the mean is ${strong(formatPercent(mean))} with a standard deviation of ${(100 * standardDeviation).toFixed(2)} points; the mean’s 95 % interval, by Student’s t, is ${formatPercent(interval.low)} to ${formatPercent(interval.high)}.`,
    },
    {
      type: 'table',
      id: 'seeds',
      caption: text`The same training with other seeds.`,
      columns: [
        { title: 'Seed', align: 'right' },
        { title: 'Test accuracy', align: 'right' },
        { title: '95 % interval', align: 'right' },
        { title: 'Test loss', align: 'right' },
      ],
      rows: runs.map((run) => [
        [String(run.summary.seed)],
        text`${formatPercent(run.test.accuracy)}`,
        text`${intervalText(run)}`,
        [formatLoss(run.test.loss)],
      ]),
    },
  ];
}

function confusion({ test, evidence, saved }: ReportRun): Subsection {
  const { classes } = saved;
  const gallery = pairsGallery(evidence, saved);
  const known = new Set(gallery.map(({ id }) => id));
  const addressOf = (label: number, predicted: number) => {
    const id = pairId(label, predicted);
    return known.has(id) ? `#${id}` : undefined;
  };
  const mistakes = test.confusion
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count);
  const summary =
    mistakes.length === 0
      ? text`No test image was taken for another class.`
      : text`The most frequent mistake is class ${classes[mistakes[0].label]} taken for ${classes[mistakes[0].predicted]}, with ${formatPlural(mistakes[0].count, 'image')}.`;
  const figure = (content: 'counts' | 'shares'): Omit<Figure, 'id' | 'caption'> => ({
    type: 'figure',
    alternative: `Confusion matrix of ${classes.length} classes; ${formatCount(test.correct)} of ${formatCount(test.total)} images lie on its diagonal.`,
    picture: { type: 'chart', chart: confusionChart(test.confusion, classes, { content, addressOf }) },
  });
  return {
    id: 'confusion',
    title: 'Confusion',
    blocks: [
      {
        type: 'paragraph',
        text: [
          ...text`${reference('confusion-counts')} sets the true classes against the predicted ones, ${reference('confusion-shares')} the same as shares of each true class. `,
          ...summary,
        ],
      },
      {
        ...figure('counts'),
        id: 'confusion-counts',
        caption: text`Confusion matrix: numbers of test images. Right answers are blue, mistakes orange, each the stronger the more frequent it is among its own.`,
        gallery,
      },
      {
        ...figure('shares'),
        id: 'confusion-shares',
        caption: text`Confusion matrix, normalised: percent of the images of each true class.`,
      },
    ],
  };
}

function classes({ test, saved }: ReportRun): Subsection {
  const { perClass } = test;
  const weakest = perClass.reduce((least, { f1 }, label) => (f1 < perClass[least].f1 ? label : least), 0);
  return {
    id: 'classes',
    title: 'Precision, recall and F1',
    blocks: [
      {
        type: 'paragraph',
        text: text`Precision is the share of the images predicted as a class that are of it, recall the share of the images of a class that were found, and F1 their harmonic mean (${reference('class-metrics')}, ${reference('class-table')}). The lowest F1, ${formatPercent(perClass[weakest].f1)}, is that of class ${saved.classes[weakest]}.`,
      },
      {
        type: 'figure',
        id: 'class-metrics',
        caption: text`Precision, recall and F1 of each class. The scale does not start at zero.`,
        alternative: `Dot plot of precision, recall and F1 of ${perClass.length} classes; the lowest F1 is ${formatPercent(perClass[weakest].f1)}, of class ${saved.classes[weakest]}.`,
        picture: { type: 'chart', chart: classMetricsChart(perClass, saved.classes) },
      },
      {
        type: 'table',
        id: 'class-table',
        caption: text`Precision, recall and F1 of each class on the test images.`,
        columns: [
          { title: 'Class', align: 'left' },
          { title: 'Precision', align: 'right' },
          { title: 'Recall', align: 'right' },
          { title: 'F1', align: 'right' },
          { title: 'Images', align: 'right' },
        ],
        rows: perClass.map(({ precision, recall, f1, support }, label) => [
          [saved.classes[label]],
          text`${formatPercent(precision)}`,
          text`${formatPercent(recall)}`,
          text`${formatPercent(f1)}`,
          [formatCount(support)],
        ]),
      },
    ],
  };
}
