import { crc32 } from '../../core/checksum.js';
import { InklingError, messageOf } from '../../core/errors.js';
import { inflateRawSync } from '../../platform/zlib.js';
import { type UnpackLimit, UnpackLimitError } from './unpackLimit.js';
import { type ZipEntry, zipEntries } from './zipDirectory.js';

const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks files of a zip archive, and verifies their checksums.
 *
 * @param isIncluded selects files by their names
 * @param limit of their total size
 * @returns their contents by name
 * @throws {UnpackLimitError} when they unpack to more than the limit
 * @throws {InklingError} with the reason only, to which the caller adds the name of the archive
 */
export function unzip(
  archive: Uint8Array,
  isIncluded: (name: string) => boolean,
  limit: UnpackLimit,
): Map<string, Uint8Array> {
  const entries = zipEntries(archive).filter(({ name }) => isIncluded(name));
  // Before memory is allocated; none unpacks to more than it states.
  const totalBytes = entries.reduce((sum, { unpackedBytes }) => sum + unpackedBytes, 0);
  if (totalBytes > limit.bytes) throw new UnpackLimitError('the zip archive', limit);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) {
    if (files.has(entry.name)) throw new InklingError(`it contains ${entry.name} twice`);
    files.set(entry.name, unpack(entry));
  }
  return files;
}

function unpack({ name, method, crc, unpackedBytes, packed }: ZipEntry): Uint8Array {
  if (method !== STORED && method !== DEFLATED) {
    throw new InklingError(`${name} is packed with method ${method}, expected deflate`);
  }
  const content = method === STORED ? packed : inflate(name, packed, unpackedBytes);
  if (content.length !== unpackedBytes || crc32(content) !== crc)
    throw new InklingError(`${name} is damaged: its checksum is wrong`);
  return content;
}

function inflate(name: string, packed: Uint8Array, maxBytes: number): Uint8Array {
  try {
    // Of an empty file, at most one byte, since the limit must be positive.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, maxBytes) });
  } catch (error) {
    throw new InklingError(`${name} is damaged: ${messageOf(error)}`, { cause: error });
  }
}
