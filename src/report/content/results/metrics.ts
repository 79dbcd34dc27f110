import { formatPercent } from '../../../core/format.js';
import type { DetailedMetrics } from '../../../runs/statistics/detailedMetrics.js';
import { type ClassAverages, labelMetricsOf } from '../../../runs/statistics/labelMetrics.js';
import { rankingChart } from '../../charts/ranking.js';
import type { Block, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { runMetrics } from './runMetrics.js';
import { cite, reference, sentences, text } from '../text.js';

const NAMES_OF_NUMBERS: Readonly<Record<number, string>> = { 2: 'two', 3: 'three', 5: 'five' };

/** What is usual to state beyond the accuracy, and the curves of the classes. */
export function metricsSubsection(run: ReportRun): Subsection {
  const metrics = runMetrics(run);
  return {
    id: 'metrics',
    title: 'Further metrics',
    blocks: [
      { type: 'paragraph', text: introduction(metrics) },
      metricsTable(run, metrics),
      ...(metrics === undefined ? [] : curveBlocks(run, metrics)),
    ],
  };
}

function introduction(metrics: DetailedMetrics | undefined): Text {
  return sentences(
    text`${reference('metrics-table')} lists further metrics on the test images. In a macro average, every class counts equally, in a weighted average by its number of images; the balanced accuracy is the mean recall. Cohen’s kappa ${cite('cohen1960coefficient')} and Matthews’ correlation coefficient ${cite('matthews1975comparison')} measure the agreement beyond what frequent classes alone would give: 1 is perfect, 0 is chance.`,
    metrics === undefined
      ? text`The predicted probabilities of all test images were not recorded, so that there are no metrics of them.`
      : text`The areas under the curves are those of each class against all others (macro average), and of all probabilities as one ranking (micro average). Average precision is the area under the precision-recall curve as a step function.`,
  );
}

function metricsTable({ test }: ReportRun, metrics: DetailedMetrics | undefined): Block {
  const { macro, weighted, balancedAccuracy, cohensKappa, matthewsCorrelation } = labelMetricsOf(test.confusion);
  const averages = (name: string, key: keyof ClassAverages): Text[] => [
    [`${name}, macro and weighted`],
    text`${formatPercent(macro[key])}, ${formatPercent(weighted[key])}`,
  ];
  const rows: Text[][] = [
    averages('Precision', 'precision'),
    averages('Recall', 'recall'),
    averages('F1 score', 'f1'),
    [['Balanced accuracy'], text`${formatPercent(balancedAccuracy)}`],
    [['Cohen’s kappa'], [formatRatio(cohensKappa)]],
    [['Matthews’ correlation coefficient'], [formatRatio(matthewsCorrelation)]],
  ];
  if (metrics !== undefined) {
    const { topK, rocAuc, averagePrecision } = metrics;
    rows.push(
      ...topK.map(({ k, accuracy }): Text[] => [
        [`True class among the ${NAMES_OF_NUMBERS[k]} most likely`],
        text`${formatPercent(accuracy)}`,
      ]),
      [
        ['Area under the ROC curve, macro and micro'],
        [`${formatRatio(rocAuc.macro)}, ${formatRatio(rocAuc.micro)}`],
      ],
      [
        ['Average precision, macro and micro'],
        [`${formatRatio(averagePrecision.macro)}, ${formatRatio(averagePrecision.micro)}`],
      ],
    );
  }
  return {
    type: 'table',
    id: 'metrics-table',
    caption: text`Metrics on the test images.`,
    columns: [
      { title: 'Metric', align: 'left' },
      { title: 'Value', align: 'right' },
    ],
    rows,
  };
}

/** `0.9987`; a dash where it is undefined */
export function formatRatio(value: number | undefined): string {
  if (value === undefined) return '–';
  // Values that are nearly 1 would all look the same.
  return value.toFixed(value > 0.9995 && value < 1 ? 6 : 4);
}

function curveBlocks({ saved: { classes } }: ReportRun, metrics: DetailedMetrics): Block[] {
  const { roc, precisionRecall, rocAuc, averagePrecision } = metrics;
  const defined = classes.flatMap((_, label) => rocAuc.perClass[label] ?? []);
  if (defined.length === 0) return [];
  const least = Math.min(...defined);
  const lowest = rocAuc.perClass.indexOf(least);
  const equal = rocAuc.perClass.filter((area) => area === least).length - 1;
  const title = `class ${classes[lowest]}`;
  const others = equal === 0 ? '' : `, like that of ${equal === 1 ? 'another class' : 'other classes'}`;
  const micro = 'micro average';
  return [
    {
      type: 'paragraph',
      text: text`${reference('ranking-curves')} shows the ROC curve and the precision-recall curve of all probabilities together, and those of class ${classes[lowest]}, whose area under the ROC curve is the least (${formatRatio(least)}${others}), with an average precision of ${formatRatio(averagePrecision.perClass[lowest])}.`,
    },
    {
      type: 'figure',
      id: 'ranking-curves',
      caption: text`ROC curves (left) and precision-recall curves (right) on the test images. The axes show the part in which the curves differ.`,
      altText: `ROC and precision-recall curves: the micro average has an area of ${formatRatio(rocAuc.micro)} under the ROC curve, ${title} has ${formatRatio(least)}.`,
      graphic: {
        type: 'chart',
        chart: rankingChart(
          [
            { title: micro, points: roc.micro },
            { title, points: roc.perClass[lowest] },
          ],
          [
            { title: micro, points: precisionRecall.micro },
            { title, points: precisionRecall.perClass[lowest] },
          ],
        ),
      },
    },
  ];
}
