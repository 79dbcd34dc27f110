import { join } from 'node:path';
import {
  decodeCheckpoint,
  encodeCheckpoint,
  MAX_CHECKPOINT_BYTES,
  type SavedModel,
} from '../interop/checkpoint.js';
import { kindOf, readBytes, writeFileAtomic } from '../platform/files.js';

/** The checkpoint of the epoch with the best validation, within a run folder. */
export const BEST_CHECKPOINT = join('checkpoints', 'best.safetensors');

/**
 * Reads a saved model.
 *
 * @param path a run folder, or a checkpoint file
 * @throws {InklingError} when the file does not exist or is not a checkpoint
 */
export function readSavedModel(path: string): SavedModel {
  const file = kindOf(path) === 'folder' ? join(path, BEST_CHECKPOINT) : path;
  return decodeCheckpoint(readBytes(file, MAX_CHECKPOINT_BYTES), file);
}

/**
 * Writes a model to a checkpoint file, which contains everything needed for predictions.
 *
 * @param classifier a saved model, or what was made from one
 */
export function saveClassifier(classifier: SavedModel | { readonly saved: SavedModel }, path: string): void {
  writeFileAtomic(path, encodeCheckpoint('saved' in classifier ? classifier.saved : classifier));
}
