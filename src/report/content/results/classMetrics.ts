import { formatCount, formatPercent, formatPlural } from '../../../core/format.js';
import { classMetricsChart } from '../../charts/classMetrics.js';
import type { Subsection } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { shownClasses } from '../shownClasses.js';
import { reference, text } from '../text.js';

/** More classes with the same score are counted. */
const MAX_NAMED_CLASSES = 3;

/** `Class 4 has the lowest F1 score`, `The classes 4 and 9 have the lowest F1 score` */
function lowestText(names: readonly string[]): string {
  if (names.length === 1) return `Class ${names[0]} has the lowest F1 score`;
  const more = names.length - MAX_NAMED_CLASSES;
  const shown = [...names.slice(0, MAX_NAMED_CLASSES), ...(more > 0 ? [formatPlural(more, 'other')] : [])];
  return `The classes ${new Intl.ListFormat('en-US').format(shown)} have the same lowest F1 score`;
}

/** Precision, recall and F1 score of each class. */
export function classMetricsSubsection({ test: { perClass, macroF1 }, saved: { classes } }: ReportRun): Subsection {
  const labels = [...perClass.keys()];
  const byF1 = [...labels].sort((a, b) => perClass[a].f1 - perClass[b].f1);
  const [lowest] = byF1;
  const lowestF1 = formatPercent(perClass[lowest].f1);
  const tied = byF1.filter((label) => perClass[label].f1 === perClass[lowest].f1);
  const worst = shownClasses(byF1);
  const areAllShown = worst.length === labels.length;
  const shown = areAllShown ? labels : worst;
  const which = areAllShown
    ? 'each class'
    : `the ${shown.length} classes with the lowest F1 score, of ${formatCount(labels.length)}`;
  return {
    id: 'class-metrics',
    title: 'Precision, recall, and F1 score',
    blocks: [
      {
        type: 'paragraph',
        text: text`Precision is the fraction of the images predicted as a class that belong to it, recall is the fraction of the images of a class that are predicted correctly, and the F1 score is the harmonic mean of the two (${reference('class-metrics-chart')}, ${reference('class-metrics-table')}). ${lowestText(tied.map((label) => classes[label]))}, ${lowestF1}. The macro F1 score, in which every class counts equally, is their mean, ${formatPercent(macroF1)}.`,
      },
      {
        type: 'figure',
        id: 'class-metrics-chart',
        caption: text`Precision, recall, and F1 score of ${which}, on the test images. The axis does not start at zero.`,
        altText: `Dot plot of precision, recall, and F1 score of ${which}; the lowest F1 score is ${lowestF1}, for class ${classes[lowest]}.`,
        graphic: {
          type: 'chart',
          chart: classMetricsChart(
            shown.map((label) => perClass[label]),
            shown.map((label) => classes[label]),
          ),
        },
      },
      {
        type: 'table',
        id: 'class-metrics-table',
        caption: text`Precision, recall, F1 score, and number of test images of ${which}.`,
        columns: [
          { title: 'Class', align: 'left' },
          { title: 'Precision', align: 'right' },
          { title: 'Recall', align: 'right' },
          { title: 'F1 score', align: 'right' },
          { title: 'Images', align: 'right' },
        ],
        rows: shown.map((label) => {
          const { precision, recall, f1, support } = perClass[label];
          return [
            [classes[label]],
            text`${formatPercent(precision)}`,
            text`${formatPercent(recall)}`,
            text`${formatPercent(f1)}`,
            [formatCount(support)],
          ];
        }),
      },
    ],
  };
}
