import { formatPlural } from '../../../core/format.js';
import type { SavedModel } from '../../../interop/checkpoint.js';
import type { PredictionRecord } from '../../../runs/predictionRecord.js';
import type { GalleryEntry } from '../../document.js';
import { drawPredictions } from '../../draw/predictions.js';

/** The id of the gallery entry for a cell of the confusion matrix. */
export function cellId(label: number, predicted: number): string {
  return `cell-${label}-${predicted}`;
}

/** For each cell of the confusion matrix, the recorded images that belong to it; cells without any are left out. */
export function confusionGallery(
  { examples, labels, predictions }: PredictionRecord,
  { classes, model }: SavedModel,
): GalleryEntry[] {
  const cells = classes.flatMap((_, label) => classes.map((_, predicted) => ({ label, predicted })));
  return cells.flatMap(({ label, predicted }) => {
    const images = examples
      .filter(({ image }) => labels[image] === label && predictions[image] === predicted)
      .map((prediction) => ({ ...prediction, label }));
    if (images.length === 0) return [];
    return {
      id: cellId(label, predicted),
      title:
        label === predicted
          ? `${classes[label]}, classified correctly`
          : `${classes[label]} predicted as ${classes[predicted]}`,
      altText: `${formatPlural(images.length, 'image')} of class ${classes[label]} with the highest predicted probabilities.`,
      drawing: drawPredictions(images, model.input, classes),
    };
  });
}
