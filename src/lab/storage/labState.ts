import { encodeCheckpoint, type Model } from '#inkling/index.js';
import { type Collection } from '../data/collection.js';
import { datasetOf } from '../data/datasetOf.js';
import type { LabPreset } from '../network/network.js';
import type { LabSettings } from '../training/settings.js';
import type { TrainingRun } from '../training/trainingRun.js';
import { encodeCollection, encodeDataset } from './examplePieces.js';
import { encodeState } from './statePiece.js';

/** What is kept on the device. */
export interface LabState {
  readonly collection: Collection;
  /** The latest network that works. */
  readonly network: { readonly preset: LabPreset | undefined; readonly model: Model } | undefined;
  /** The settings that were changed from the defaults. */
  readonly settings: Partial<LabSettings>;
  /** The earlier runs and, as the last one, the current one, if any was started. */
  readonly runs: readonly TrainingRun[];
}

/** What is large in a state and seldom changes, with what encodes it: each is a file of its own. */
export function partsOf({ collection, runs }: LabState): ReadonlyMap<object, () => Uint8Array<ArrayBuffer>> {
  const parts = new Map<object, () => Uint8Array<ArrayBuffer>>();
  parts.set(collection, () => encodeCollection(collection));
  for (const { task, best, state } of runs) {
    if (task !== undefined && task.dataset !== datasetOf(collection))
      parts.set(task.dataset, () => encodeDataset(task.dataset));
    if (best !== undefined) parts.set(best, () => encodeCheckpoint(best));
    if (state !== undefined) parts.set(state, () => encodeState(state));
  }
  return parts;
}
