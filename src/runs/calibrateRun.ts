import { sizeOf } from '../core/shape.js';
import type { Dataset } from '../data/dataset.js';
import { pickImages } from '../data/imageSet.js';
import type { Split } from '../data/split.js';
import { calibrate, type Calibration } from '../predict/calibration.js';
import type { CompiledModel } from '../predict/compiledModel.js';
import { featuresOf } from '../predict/features.js';
import { fitPrototypes } from '../predict/prototypes.js';

/** Prototypes are chosen among at most this many training images, which takes about a second. */
const MAX_PROTOTYPE_IMAGES = 10_000;

/**
 * Calibrates a model on the validation images, which chose its epoch but did not train it. Only the prototypes of the classes
 * come from training images.
 *
 * @param layer whose outputs the model returns, and which has the features; undefined if there is none
 */
export async function calibrateOnValidation(
  model: CompiledModel,
  { train, shape, classes }: Dataset,
  split: Split,
  layer: string | undefined,
): Promise<Calibration> {
  const featuresAndLogits = async (indices: Uint32Array) => {
    const { images, labels } = pickImages(train, indices, sizeOf(shape));
    const { logits, activations } = await model.run(images);
    const outputs = layer === undefined ? undefined : activations.get(layer);
    return { logits, labels, features: outputs && featuresOf(outputs) };
  };
  const { logits, labels, features } = await featuresAndLogits(split.validation);
  if (layer === undefined || features === undefined) return calibrate(logits, labels);
  const known = await featuresAndLogits(spread(split.train, MAX_PROTOTYPE_IMAGES));
  const prototypes = known.features && fitPrototypes(layer, known.features, known.labels, classes.length);
  return calibrate(logits, labels, prototypes && { prototypes, features });
}

/** At most `count` of the indices, spread evenly. */
function spread(indices: Uint32Array, count: number): Uint32Array {
  if (indices.length <= count) return indices;
  return Uint32Array.from({ length: count }, (_, i) => indices[Math.floor((i * indices.length) / count)]);
}
