import * as originalReport from '../core/originalReport.js';
import { activationBytesPerImage } from './activationBytes.js';
import type { ResolvedModel } from './resolved.js';

/** Images per batch unless configured otherwise, in training and inference alike. */
export const DEFAULT_BATCH_SIZE = originalReport.batchSize.value;

/** How much memory the activations of a batch may take by default. */
const MEMORY_BUDGET_BYTES = 2 ** 26;

/** The largest batch up to the default one whose activations fit the memory budget; at least 1. */
export function batchSizeWithinBudget(model: ResolvedModel): number {
  const fitting = Math.floor(MEMORY_BUDGET_BYTES / activationBytesPerImage(model));
  return Math.max(1, Math.min(DEFAULT_BATCH_SIZE, fitting));
}
