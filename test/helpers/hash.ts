import { createHash } from 'node:crypto';
import type { Weights } from '#inkling/models/weights.js';

/** A hash of the names and all bits of a network's weights. */
export function hashOf(weights: Weights): string {
  const hash = createHash('sha256');
  for (const [name, values] of weights) hash.update(name).update(values);
  return hash.digest('hex');
}
