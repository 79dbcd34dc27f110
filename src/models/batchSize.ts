import * as originalReport from '../core/originalReport.js';

/** Images per batch unless configured otherwise, in training and inference alike. */
export const DEFAULT_BATCH_SIZE = originalReport.batchSize.value;

/** How much memory the images of a batch may take in inference: by default, and at most. */
const DEFAULT_BYTES = 2 ** 26;
const MAX_BYTES = 2 ** 31;

/**
 * The number of images per batch in inference, whose results do not depend on it: at least 1, and as many as fit.
 *
 * @param bytesPerImage the memory that each image of a batch takes
 * @param requested the maximum that a user asked for; the default is chosen for speed and little memory
 */
export function inferenceBatchSize(bytesPerImage: number, requested?: number): number {
  const bytes = requested === undefined ? DEFAULT_BYTES : MAX_BYTES;
  return Math.max(1, Math.min(requested ?? DEFAULT_BATCH_SIZE, Math.floor(bytes / bytesPerImage)));
}
