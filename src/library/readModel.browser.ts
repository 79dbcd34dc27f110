/** Replaces `readModel.ts` in bundles for browsers, which have no run folders. */
import { MAX_CHECKPOINT_BYTES, savedModelOf } from '../interop/checkpoint.js';
import { readSafetensors } from '../interop/safetensors.js';
import { startsUnlikeSafetensors } from '../interop/safetensorsHeader.js';
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
  if (startsUnlikeSafetensors(bytes)) {
    const { checkForeign } = await import('../interop/foreignFile.js');
    checkForeign(bytes, name);
  }
  return { name, saved: savedModelOf(readSafetensors(bytes, name), name) };
}
