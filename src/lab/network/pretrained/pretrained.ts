import { decodeCheckpoint, photoBackbone, type SavedModel } from '#inkling/index.js';
import { INPUTS } from '../../data/collection.js';
import { text } from '../../text/text.js';

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
  return { file, saved: forLargePhotos(original) };
}

function forLargePhotos(saved: SavedModel): SavedModel {
  const [side] = INPUTS.largePhoto.shape;
  try {
    return photoBackbone(saved, side);
  } catch {
    throw new Error(text.network.pretrained.unsuitable);
  }
}
