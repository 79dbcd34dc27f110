import { InklingError, messageOf } from '../../core/errors.js';
import { ratioLimit, UnpackLimitError } from '../files/unpackLimit.js';
import { unzip } from '../files/unzip.js';

/** More than the arrays of any data set that fits into memory. */
const MAX_UNPACKED_BYTES = 2 ** 31;

/**
 * Unpacks the arrays of an .npz file, by name.
 *
 * @param who the file, for error messages
 * @throws {InklingError} when it is damaged, or unpacks to too much
 */
export function unpackNpz(bytes: Uint8Array, who: string): ReadonlyMap<string, Uint8Array> {
  try {
    return unzip(bytes, (name) => name.endsWith('.npy'), ratioLimit(bytes.length, MAX_UNPACKED_BYTES));
  } catch (error) {
    if (error instanceof UnpackLimitError)
      throw new InklingError(`${who}: ${error.message}`, { cause: error });
    throw new InklingError(
      `${who}: expected an archive of NumPy arrays (.npz), got a damaged file (${messageOf(error)}); save it again with numpy.savez`,
      { cause: error },
    );
  }
}
