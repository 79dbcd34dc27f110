import { sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { pickImages } from '../data/imageSet.js';
import { calibrate, type Calibration } from '../predict/calibration.js';
import type { CompiledModel } from '../predict/compiledModel.js';

/**
 * Calibrates a model on the validation images, which chose its epoch but did not train it.
 *
 * @param validation indices of the validation images among the data set's training images
 */
export async function calibrateOnValidation(
  model: CompiledModel,
  { train, shape }: Dataset,
  validation: Uint32Array,
): Promise<Calibration> {
  const { images, labels } = pickImages(train, validation, sizeOf(shape));
  const { logits } = await model.run(images);
  return calibrate(logits, labels);
}
