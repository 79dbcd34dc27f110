import { isDeepStrictEqual } from 'node:util';
import { InklingError } from '#inkling/core/errors.js';
import { bitFlips, type DamagedFile, truncations } from '../../bench/damage/damage.js';

export { bitFlips, truncations };

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
