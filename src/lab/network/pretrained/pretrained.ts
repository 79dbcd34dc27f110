import { decodeCheckpoint, type Model, resolveModel, type SavedModel } from '#inkling/index.js';
import { INPUTS } from '../../data/collection.js';
import { sizeOf } from '../../pixels.js';
import { text } from '../../text/text.js';
import { outputLayerOf } from '../outputLayer.js';

/** A network that others have trained on photos. */
export interface Pretrained {
  /** What it was read from, and is kept as. */
  readonly file: Uint8Array<ArrayBuffer>;
  /** With the large photos of the lab as its input. */
  readonly saved: SavedModel;
}

/**
 * Reads a network that Inkling has saved.
 *
 * @throws {Error} when the file is another one, or the network does not fit large photos or does not end with a linear layer
 */
export function decodePretrained(file: Uint8Array<ArrayBuffer>): Pretrained {
  const original = decodeCheckpoint(file, text.network.pretrained.file);
  const [height, width, channels] = INPUTS.largePhoto.shape;
  const model: Model = { ...original.model, input: [height, width, channels] };
  const saved = { ...original, model };
  if (outputLayerOf(model.layers) <= 0 || !fits(saved)) throw new Error(text.network.pretrained.unsuitable);
  return { file, saved };
}

/** Whether the weights are those of the model with this input. */
function fits({ model, weights }: SavedModel): boolean {
  try {
    return resolveModel(model).parameters.every(
      ({ name, spec }) => weights.get(name)?.length === sizeOf(spec.shape),
    );
  } catch {
    // Its layers do not take such images.
    return false;
  }
}
