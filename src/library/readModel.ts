import { MAX_CHECKPOINT_BYTES } from '../interop/checkpoint.js';
import { decodeCheckpoint } from '../interop/decodeCheckpoint.js';
import { type ByteSource, containsBytes, isAddress } from '../platform/byteSource.js';
import { kindOf, pathOf } from '../platform/files.js';
import { readSource } from '../platform/readSource.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { readTrainedModel } from '../runs/resolveModel.js';

/**
 * Reads a model from a file or a run folder.
 *
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read, is not a model, or is a run that did not finish
 */
export async function readModel(source: ByteSource, signal: AbortSignal | undefined): Promise<TrainedModel> {
  if (!containsBytes(source) && !isAddress(source)) {
    const path = pathOf(source);
    if (kindOf(path) === 'folder') return readTrainedModel(path);
  }
  const { name, bytes } = await readSource(source, { maxBytes: MAX_CHECKPOINT_BYTES, signal });
  return { name, saved: decodeCheckpoint(bytes, name) };
}
