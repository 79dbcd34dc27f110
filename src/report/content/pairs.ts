import { formatPlural } from '../../core/format.js';
import type { SavedModel } from '../../interop/checkpoint.js';
import type { PredictionRecord } from '../../runs/predictionRecord.js';
import type { GalleryEntry } from '../document.js';
import { drawAnswers } from '../draw/sheets.js';

/** The images of one class that were taken for another, or for what they are. */
export function pairId(label: number, predicted: number): string {
  return `pair-${label}-${predicted}`;
}

/** For each cell of the confusion matrix, the images that are kept of it. */
export function pairsGallery(
  { answers, labels, predictions }: PredictionRecord,
  { classes, model }: SavedModel,
): GalleryEntry[] {
  const pairs = classes.flatMap((_, label) => classes.map((_, predicted) => ({ label, predicted })));
  return pairs
    .map(({ label, predicted }) => ({
      label,
      predicted,
      shown: answers
        .filter(({ image }) => labels[image] === label && predictions[image] === predicted)
        .map((answer) => ({ ...answer, label })),
    }))
    .filter(({ shown }) => shown.length > 0)
    .map(({ label, predicted, shown }) => {
      const title = `${classes[label]} taken for ${classes[predicted]}`;
      return {
        id: pairId(label, predicted),
        title: label === predicted ? `${classes[label]}, told right` : title,
        alternative: `${formatPlural(shown.length, 'image')} of class ${classes[label]} with their most likely classes.`,
        drawing: drawAnswers(shown, model.input, classes),
      };
    });
}
