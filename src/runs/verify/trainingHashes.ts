import { createHash } from 'node:crypto';
import type { Weights } from '../../models/weights.js';
import type { TrainingState } from '../../train/state/trainingState.js';

type Numbers = ReadonlyMap<string, Float32Array | Uint32Array>;

/** The SHA-256 hash of weights, in hexadecimal; the order of their names does not matter. */
export function hashOfWeights(weights: Weights): string {
  return hashOf(weights);
}

/** The SHA-256 hash of all that the next step of training depends on: weights, state of the optimizer, and random numbers. */
export function hashOfState({ tensors, streams }: Pick<TrainingState, 'tensors' | 'streams'>): string {
  return hashOf(tensors, streams);
}

function hashOf(...groups: readonly Numbers[]): string {
  const hash = createHash('sha256');
  for (const group of groups) {
    for (const [name, values] of [...group].sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(JSON.stringify([name, values.length])).update(values);
    }
  }
  return hash.digest('hex');
}
