import { InklingError } from '#inkling/core/errors.js';

/** How many corrupted files were read and how many refused. */
export interface Outcome {
  readonly read: number;
  readonly refused: number;
}

/**
 * Reads a file with each byte of its header, the length in front included, set to each of the values that differ from
 * it by one of the masks. Whatever is not a refusal in one line is thrown.
 */
export function corruptHeader(
  file: Uint8Array,
  masks: readonly number[],
  read: (corrupted: Uint8Array) => void,
): Outcome {
  const headerBytes = 8 + new DataView(file.buffer).getUint32(0, true);
  const corrupted = file.slice();
  let refused = 0;
  for (let at = 0; at < headerBytes; at++) {
    for (const mask of masks) {
      corrupted[at] = file[at] ^ mask;
      try {
        read(corrupted);
      } catch (error) {
        if (!(error instanceof InklingError) || error.message.includes('\n')) throw error;
        refused++;
      }
    }
    corrupted[at] = file[at];
  }
  return { read: headerBytes * masks.length - refused, refused };
}
