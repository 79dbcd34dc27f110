import { CHECKSUM, checksumOf } from '../core/checksum.js';
import { InklingError } from '../core/errors.js';
import { hasAt } from '../core/fileType.js';
import { LENGTH_BYTES, METADATA_KEY } from './safetensorsHeader.js';

/** The metadata entry with the checksum of the file, which is the first one. */
export const CHECKSUM_KEY = 'inkling.checksum';
/** What it contains while the checksum is computed. */
export const UNSET_CHECKSUM = `crc32:${'0'.repeat(8)}`;

/** How the header of a file with a checksum starts. */
const START = `{${JSON.stringify(METADATA_KEY)}:{${JSON.stringify(CHECKSUM_KEY)}:"`;
const POSITION = LENGTH_BYTES + START.length;

/** Replaces the unset checksum in a file by the checksum of all bytes. */
export function setChecksum(file: Uint8Array): void {
  file.set(new TextEncoder().encode(computeChecksum(file)), POSITION);
}

/**
 * Verifies the checksum of a file that starts like those that Inkling writes. Other programs that copy the metadata write them in
 * another order, and their files are read without verification, like those of earlier versions.
 *
 * @param who the file, for error messages
 * @param metadata its metadata, which include the checksum
 * @throws {InklingError} when the file is damaged
 */
export function verifyChecksum(
  file: Uint8Array,
  metadata: Readonly<Record<string, string>>,
  who: string,
): void {
  if (!hasAt(file, LENGTH_BYTES, START)) return;
  const [expected, computed] = [metadata[CHECKSUM_KEY], computeChecksum(file)];
  if (expected === computed) return;
  throw new InklingError(
    `${who}: damaged: expected the checksum ${CHECKSUM.test(expected) ? expected : 'crc32:…'}, got ${computed}; ` +
      `get a clean copy, or, if another program has changed it, save it again without ${CHECKSUM_KEY} in its metadata`,
  );
}

function computeChecksum(file: Uint8Array): string {
  const unset = new TextEncoder().encode(UNSET_CHECKSUM);
  return checksumOf(file.subarray(0, POSITION), unset, file.subarray(POSITION + unset.length));
}
