/** Replaces `readSource.ts` in bundles for browsers. */
import {
  type ByteSource,
  containsBytes,
  fetchBytes,
  readContained,
  type ReadOptions,
  type SourceBytes,
} from './byteSource.js';

/**
 * Reads a file: from memory, or from an address, which may be relative to the page.
 *
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read, or is too large
 */
export async function readSource(source: ByteSource, options: ReadOptions): Promise<SourceBytes> {
  return containsBytes(source) ? readContained(source, options) : fetchBytes(source, options);
}
