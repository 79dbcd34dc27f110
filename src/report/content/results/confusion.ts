import { formatCount, formatPlural } from '../../../core/format.js';
import { confusionChart, type ConfusionOptions } from '../../charts/confusion.js';
import type { Figure, Subsection, Text } from '../../document.js';
import type { ReportRun } from '../../reportRun.js';
import { cellId, confusionGallery } from './confusionGallery.js';
import { reference, sentences, text } from '../text.js';

/** The confusion matrix on the test images, as counts and normalized by true class. */
export function confusionSubsection(run: ReportRun): Subsection {
  const { test, predictionRecord, saved } = run;
  const { classes } = saved;
  const gallery = confusionGallery(predictionRecord, saved);
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
          mostFrequentError(run),
        ),
      },
      {
        ...figure('counts'),
        id: 'confusion-counts',
        caption: text`Confusion matrix: number of test images. Correct predictions are blue, errors orange; the color intensity shows how frequent a cell is among the cells of the same color.`,
        gallery,
      },
      {
        ...figure('percentages'),
        id: 'confusion-normalized',
        caption: text`Confusion matrix, normalized by true class: percentage of the images of each class.`,
      },
    ],
  };
}

function mostFrequentError({ test, saved: { classes } }: ReportRun): Text {
  const error = test.confusion
    .flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
    .filter(({ label, predicted, count }) => label !== predicted && count > 0)
    .sort((a, b) => b.count - a.count)
    .at(0);
  return error === undefined
    ? text`No test image was misclassified.`
    : text`The most frequent error is class ${classes[error.label]} predicted as class ${classes[error.predicted]} (${formatPlural(error.count, 'image')}).`;
}
