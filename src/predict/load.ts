import { join } from 'node:path';
import { decodeCheckpoint, encodeCheckpoint, type SavedModel } from '../interop/checkpoint.js';
import { kindOf, readBytes, writeFileAtomic } from '../platform/files.js';
import { Classifier } from './classifier.js';

/** Larger than any network the engine can hold. */
export const CHECKPOINT_LIMIT_BYTES = 2 ** 32;

/** Where a run folder keeps the weights that validated best. */
export const BEST_CHECKPOINT = join('checkpoints', 'best.safetensors');

/**
 * A saved network and what it was saved with.
 *
 * @param path a run folder, or a checkpoint file
 * @throws {InklingError} when there is none, or what is there is not one
 */
export function readSavedModel(path: string): SavedModel {
  const file = kindOf(path) === 'folder' ? join(path, BEST_CHECKPOINT) : path;
  return decodeCheckpoint(readBytes(file, CHECKPOINT_LIMIT_BYTES), file);
}

/** A saved network, ready to predict; see `readSavedModel`. */
export async function loadClassifier(path: string): Promise<Classifier> {
  return Classifier.create(readSavedModel(path));
}

/** Writes a network to a checkpoint file, which alone is enough to predict. */
export function saveClassifier(classifier: Classifier, path: string): void {
  writeFileAtomic(path, encodeCheckpoint(classifier.saved));
}
