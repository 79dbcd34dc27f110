/** Replaces `readModel.ts` in bundles for browsers, which have no run folders. */
import { decodeCheckpoint, MAX_CHECKPOINT_BYTES } from '../interop/checkpoint.js';
import type { ByteSource } from '../platform/byteSource.js';
import { readSource } from '../platform/readSource.js';
import type { TrainedModel } from '../predict/trainedModel.js';

/**
 * Reads a model from a file.
 *
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read, or is not a model
 */
export async function readModel(source: ByteSource, signal: AbortSignal | undefined): Promise<TrainedModel> {
  const { name, bytes } = await readSource(source, { maxBytes: MAX_CHECKPOINT_BYTES, signal });
  return { name, saved: decodeCheckpoint(bytes, name) };
}
