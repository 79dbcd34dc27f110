import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import type { ResolvedModel } from '../models/resolved.js';

/** @throws {InklingError} when a model's input shape or number of classes differs from the data set's */
export function assertFits({ model, classes: outputs }: ResolvedModel, dataset: Dataset): void {
  const [image, expected] = [formatShape(dataset.shape), formatShape(model.input)];
  if (image !== expected) {
    throw new InklingError(
      `${model.name}: expects images of ${expected}, but those of ${dataset.name} are ${image}; ` +
        'train a model on this data set',
    );
  }
  const { length: classes } = dataset.classes;
  if (classes !== outputs) {
    throw new InklingError(
      `${model.name}: has ${outputs} outputs, but ${dataset.name} has ${classes} classes; ` +
        'train a model on this data set',
    );
  }
}
