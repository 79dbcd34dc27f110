import {
  type ByteSource,
  containsBytes,
  fetchBytes,
  isAddress,
  readContained,
  type ReadOptions,
  type SourceBytes,
} from './byteSource.js';
import { pathOf, readBytes } from './files.js';

/**
 * Reads a file: from memory, from an `http:` or `https:` address, or else from a path.
 *
 * @throws {FetchError} when it cannot be fetched
 * @throws {InklingError} when it cannot be read, or is too large
 */
export async function readSource(source: ByteSource, options: ReadOptions): Promise<SourceBytes> {
  if (containsBytes(source)) return readContained(source, options);
  if (isAddress(source)) return fetchBytes(source, options);
  const name = pathOf(source);
  return { name, bytes: new Uint8Array(readBytes(name, options.maxBytes)) };
}
