import { CHECKSUM, checksumOf } from '../core/checksum.js';
import { InklingError } from '../core/errors.js';
import { hasAt } from '../core/fileType.js';
import { type Header, LENGTH_BYTES, METADATA_KEY, parseHeader } from './safetensorsHeader.js';
import { withoutWrappers } from './wrapperPrefixes.js';

/** The metadata entry with the checksum, which is the first one. */
export const CHECKSUM_KEY = 'inkling.checksum';
/** What it contains while the checksum is computed. */
export const UNSET_CHECKSUM = `crc32:${'0'.repeat(8)}`;

/** How the header of a file with a checksum starts. */
const START = `{${JSON.stringify(METADATA_KEY)}:{${JSON.stringify(CHECKSUM_KEY)}:"`;

/** Replaces the unset checksum in a file. */
export function setChecksum(file: Uint8Array): void {
  const checksum = computeChecksum(file, parseHeader(file, 'safetensors'));
  file.set(new TextEncoder().encode(checksum), LENGTH_BYTES + START.length);
}

/** Whether a file starts like those that Inkling writes, which have a checksum. */
export function hasChecksum(file: Uint8Array): boolean {
  return hasAt(file, LENGTH_BYTES, START);
}

/**
 * Verifies the checksum of a file that starts like those that Inkling writes. Other programs that copy the metadata write them in
 * another order, and their files are read without verification, like those of earlier versions.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when the file is damaged
 */
export function verifyChecksum(file: Uint8Array, header: Header, who: string): void {
  if (!hasChecksum(file)) return;
  const [expected, computed] = [header.metadata[CHECKSUM_KEY], computeChecksum(file, header)];
  if (expected === computed) return;
  throw new InklingError(
    `${who}: damaged: expected the checksum ${CHECKSUM.test(expected) ? expected : 'crc32:…'}, got ${computed}; ` +
      `get a clean copy, or, if another program has changed it, save it again without ${CHECKSUM_KEY} in its metadata`,
  );
}

/**
 * The checksum of what a file contains: its metadata without the checksum, the entries of its tensors, and the data. It does not
 * depend on how the header is spaced, nor on prefixes that wrappers of PyTorch add to names.
 */
function computeChecksum(file: Uint8Array, { metadata, entries, dataStart }: Header): string {
  const names = withoutWrappers(entries.map(({ name }) => name));
  const content = [
    Object.entries(metadata).filter(([key]) => key !== CHECKSUM_KEY),
    entries.map(({ dtype, shape, begin, end }, i) => [names[i], dtype, shape, begin, end]),
  ];
  return checksumOf(new TextEncoder().encode(JSON.stringify(content)), file.subarray(dataStart));
}
