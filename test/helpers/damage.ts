import { isDeepStrictEqual } from 'node:util';
import { InklingError } from '#inkling/core/errors.js';

/** A damaged copy of a file, with what was done to it. */
interface DamagedFile {
  readonly damage: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The file cut off before each of its bytes. */
export function* truncations(file: Uint8Array): Generator<DamagedFile> {
  for (let length = 0; length < file.length; length++) {
    yield { damage: `cut off after ${length} bytes`, bytes: Uint8Array.from(file.subarray(0, length)) };
  }
}

/** The file with each of its bits flipped, or each of those in some bytes. */
export function* bitFlips(
  file: Uint8Array,
  isIncluded: (at: number) => boolean = () => true,
): Generator<DamagedFile> {
  for (let at = 0; at < file.length; at++) {
    if (!isIncluded(at)) continue;
    for (let bit = 0; bit < 8; bit++) {
      const bytes = Uint8Array.from(file);
      bytes[at] ^= 1 << bit;
      yield { damage: `bit ${bit} of byte ${at} flipped`, bytes };
    }
  }
}

/**
 * Reads damaged copies of a file and returns the damage that was neither detected nor without any effect on the result. Errors that
 * are not meant for users are rethrown.
 */
export async function undetectedDamage<T>(
  file: Uint8Array<ArrayBuffer>,
  damaged: Iterable<DamagedFile>,
  read: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>,
): Promise<string[]> {
  const intact = await read(file);
  const undetected: string[] = [];
  for (const { damage, bytes } of damaged) {
    try {
      if (!isDeepStrictEqual(await read(bytes), intact)) undetected.push(damage);
    } catch (error) {
      if (!(error instanceof InklingError) || error.message.includes('\n')) throw error;
    }
  }
  return undetected;
}
