import { MAX_STEPS } from '../../plan/steps.js';

/** The engine's memory for the items of batches, unless two batches take more. */
const MAX_BYTES = 2 ** 23;

/**
 * How many batches the engine's memory holds: at least one that is read and one that is loaded meanwhile.
 *
 * @param itemBytes the size of what a batch has of each image
 */
export function batchCapacity(itemBytes: number, batchSize: number): number {
  return Math.max(2, Math.min(MAX_STEPS, Math.floor(MAX_BYTES / (batchSize * itemBytes))));
}
