import { formatCount, formatPlural } from '../../../core/format.js';
import { confusionChart, type ConfusionOptions } from '../../charts/confusion.js';
import type { Figure, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { cellId, confusionGallery } from './confusionGallery.js';
import { calibratedExamples } from './runMetrics.js';
import { reference, sentences, text } from '../text.js';

/** The confusion matrix on the test images, as counts and normalized by true class. */
export function confusionSubsection(run: ReportRun): Subsection {
  const { test, predictionRecord, saved } = run;
  const { classes } = saved;
  const gallery = confusionGallery({ ...predictionRecord, examples: calibratedExamples(run) }, saved);
  const galleryIds = new Set(gallery.map(({ id }) => id));
  const addressOf = (label: number, predicted: number) => {
    const id = cellId(label, predicted);
    return galleryIds.has(id) ? `#${id}` : undefined;
  };
  const figure = (content: ConfusionOptions['content']): Omit<Figure, 'id' | 'caption'> => ({
    type: 'figure',
    altText: `Confusion matrix of ${classes.length} classes; ${formatCount(test.correct)} of ${formatCount(test.total)} images lie on the diagonal.`,
    graphic: { type: 'chart', chart: confusionChart(test.confusion, classes, { content, addressOf }) },
  });
  return {
    id: 'confusion',
    title: 'Confusion matrix',
    blocks: [
      {
        type: 'paragraph',
        text: sentences(
          text`${reference('confusion-counts')} shows the confusion matrix as numbers of images, and ${reference('confusion-normalized')} shows it normalized by true class.`,
          mostFrequentErrors(run),
        ),
      },
      {
        ...figure('counts'),
        id: 'confusion-counts',
        caption: text`Confusion matrix: number of test images. Correct predictions, on the diagonal, are blue, errors orange; the color intensity shows how frequent a cell is among the cells of the same color. Empty cells stand for 0.`,
        gallery,
      },
      {
        ...figure('percentages'),
        id: 'confusion-normalized',
        caption: text`Confusion matrix, normalized by true class: percentage of the images of each class, in the colors of ${reference('confusion-counts')}. Empty cells stand for 0.`,
      },
    ],
  };
}

/** More equally frequent errors are counted. */
const MAX_NAMED_ERRORS = 3;

function mostFrequentErrors({ test, saved: { classes } }: ReportRun): Text {
  const errors = test.confusion.flatMap((row, label) =>
    row.flatMap((count, predicted) => (label === predicted || count === 0 ? [] : { label, predicted, count })),
  );
  if (errors.length === 0) return text`No test image was misclassified.`;
  const most = errors.reduce((largest, { count }) => Math.max(largest, count), 0);
  const frequent = errors
    .filter(({ count }) => count === most)
    .map(({ label, predicted }) => `class ${classes[label]} predicted as class ${classes[predicted]}`);
  const images = formatPlural(most, 'image');
  if (frequent.length === 1) return text`The most frequent error is ${frequent[0]} (${images}).`;
  const named = frequent.slice(0, MAX_NAMED_ERRORS);
  const more = frequent.length - named.length;
  const list = new Intl.ListFormat('en-US').format([
    ...named,
    ...(more > 0 ? [formatPlural(more, 'other')] : []),
  ]);
  return text`The most frequent errors are tied, with ${images} each: ${list}.`;
}
