import { InklingError } from '../../core/errors.js';
import { formatCount } from '../../core/format.js';
import { freeBytes } from '../../platform/folders.js';

/** The maximum size of what is unpacked, on the disk or in memory. */
const MAX_UNPACKED_BYTES = 2 ** 34;
/**
 * The maximum ratio of sizes, unpacked to packed. Images, tables and arrays are packed to a hundredth at most, and crafted data to a
 * thousandth.
 */
const MAX_RATIO = 200;
/** Smaller results are accepted whatever the ratio, since blank images and constant arrays are packed best. */
const MAX_SMALL_BYTES = 2 ** 26;
/** The space that is left on a disk. */
const MIN_FREE_BYTES = 2 ** 28;

/** The maximum size of unpacked data. */
export interface UnpackLimit {
  readonly bytes: number;
  /** Where the limit comes from and what to do about it, as the end of a message. */
  readonly advice: string;
}

/** Data unpack to more than the limit. */
export class UnpackLimitError extends InklingError {
  override name = 'UnpackLimitError';

  /** @param what the data, for the message */
  constructor(what: string, { bytes, advice }: UnpackLimit, options?: ErrorOptions) {
    super(`${what} unpacks to more than ${formatCount(bytes)} bytes${advice}`, options);
  }
}

/** The maximum size of what a packed file contains. */
export function ratioLimit(packedBytes: number, maxBytes = MAX_UNPACKED_BYTES): UnpackLimit {
  const bytes = Math.max(MAX_SMALL_BYTES, MAX_RATIO * packedBytes);
  const advice = '; if it is the right file, unpack it yourself and use the result';
  return bytes < maxBytes
    ? { bytes, advice: `, ${MAX_RATIO} times its size${advice}` }
    : { bytes: maxBytes, advice };
}

/** The number of bytes that may be written to a folder. */
export function roomIn(folder: string): number {
  return Math.max(0, freeBytes(folder) - MIN_FREE_BYTES);
}

/** Like `ratioLimit`, for a file that is unpacked into a folder. */
export function diskLimit(packedBytes: number, folder: string): UnpackLimit {
  const limit = ratioLimit(packedBytes);
  const bytes = roomIn(folder);
  if (limit.bytes <= bytes) return limit;
  return { bytes, advice: `, for which ${folder} has no space; free some` };
}
