import { InklingError } from '#inkling/core/errors.js';

/** The number of corrupted files that were read and rejected. */
export interface Outcome {
  readonly read: number;
  readonly rejected: number;
}

/**
 * Reads copies of a file in which one byte of the header or of its length is XORed with one of the masks. Rethrows errors other
 * than one-line rejections.
 */
export function corruptHeader(
  file: Uint8Array,
  masks: readonly number[],
  read: (corrupted: Uint8Array) => void,
): Outcome {
  const headerBytes = 8 + new DataView(file.buffer).getUint32(0, true);
  const corrupted = file.slice();
  let rejected = 0;
  for (let at = 0; at < headerBytes; at++) {
    for (const mask of masks) {
      corrupted[at] = file[at] ^ mask;
      try {
        read(corrupted);
      } catch (error) {
        if (!(error instanceof InklingError) || error.message.includes('\n')) throw error;
        rejected++;
      }
    }
    corrupted[at] = file[at];
  }
  return { read: headerBytes * masks.length - rejected, rejected };
}
