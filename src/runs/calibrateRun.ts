import { toUnitFloats } from '../core/pixels.js';
import { sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { splitOf } from '../data/split.js';
import type { SavedModel } from '../interop/checkpoint.js';
import { calibrate, type Calibration } from '../predict/calibration.js';
import { Classifier } from '../predict/classifier.js';

/**
 * Calibrates a network on the validation images, which have chosen it but taught it nothing.
 *
 * @param splitSeed which images those are
 * @throws {InklingError} when the network does not fit the data set
 */
export async function calibrateOnValidation(
  saved: SavedModel,
  dataset: Dataset,
  splitSeed: number,
): Promise<Calibration> {
  const classifier = await Classifier.create(saved);
  const { shape, train } = dataset;
  const { validation } = splitOf(dataset, splitSeed);
  const imageSize = sizeOf(shape);
  const pixels = new Float32Array(validation.length * imageSize);
  validation.forEach((index, place) => {
    const image = train.images.subarray(index * imageSize, (index + 1) * imageSize);
    pixels.set(toUnitFloats(image), place * imageSize);
  });
  const labels = Uint8Array.from(validation, (index) => train.labels[index]);
  return calibrate(classifier.logits(pixels), labels);
}
