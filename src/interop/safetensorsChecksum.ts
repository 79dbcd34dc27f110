import { CHECKSUM, checksumOf } from '../core/checksum.js';
import { InklingError } from '../core/errors.js';
import { hasAt } from '../core/files/signature.js';
import { type Header, LENGTH_BYTES, METADATA_KEY, type TensorEntry } from './safetensorsHeader.js';
import { withoutWrappers } from './wrapperPrefixes.js';

/** The metadata entry with the checksum, which is the first one. */
export const CHECKSUM_KEY = 'inkling.checksum';

/** How the header of a file with a checksum starts. */
const START = `{${JSON.stringify(METADATA_KEY)}:{${JSON.stringify(CHECKSUM_KEY)}:"`;

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
  const { metadata, entries, dataStart } = header;
  const [expected, computed] = [
    metadata[CHECKSUM_KEY],
    contentChecksum(metadata, entries, file.subarray(dataStart)),
  ];
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
export function contentChecksum(
  metadata: Readonly<Record<string, string>>,
  entries: readonly TensorEntry[],
  ...data: readonly Uint8Array[]
): string {
  // Tensors without values begin and end at the same byte, in an order that a file does not preserve.
  const ordered = [...entries].sort(
    (a, b) => a.begin - b.begin || a.end - b.end || (a.name < b.name ? -1 : 1),
  );
  const names = withoutWrappers(ordered.map(({ name }) => name));
  const content = [
    Object.entries(metadata).filter(([key]) => key !== CHECKSUM_KEY),
    ordered.map(({ dtype, shape, begin, end }, i) => [names[i], dtype, shape, begin, end]),
  ];
  return checksumOf(new TextEncoder().encode(JSON.stringify(content)), ...data);
}
