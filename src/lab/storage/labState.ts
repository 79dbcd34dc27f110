import { encodeCheckpoint } from '#inkling/index.js';
import { type Collection } from '../data/collection.js';
import { datasetOf } from '../data/datasetOf.js';
import type { WorkingNetwork } from '../network/network.js';
import type { Pretrained } from '../network/pretrained/pretrained.js';
import { trainedPartOf } from '../network/pretrained/trainedPart.js';
import type { LabSettings } from '../training/settings.js';
import type { TrainingRun } from '../training/trainingRun.js';
import { encodeCollection, encodeDataset } from './examplePieces.js';
import { encodeState } from './statePiece.js';

/** What is trained and how. */
export interface Work {
  readonly collection: Collection;
  /** The latest network that works. */
  readonly network: WorkingNetwork | undefined;
  /** The settings that were changed from the defaults. */
  readonly settings: Partial<LabSettings>;
}

/** What a lesson has replaced, until it is ended. */
export interface ReplacedWork extends Work {
  /** The lesson that was set up last. */
  readonly lesson: string;
  /** The run that was the current one; undefined if none was. */
  readonly runId: number | undefined;
}

/** What is kept on the device. */
export interface LabState extends Work {
  /** In the order in which they were started, but the current one is the last. */
  readonly runs: readonly TrainingRun[];
  /** Whether the last run is the current one; otherwise all are earlier ones. */
  readonly hasCurrent: boolean;
  /** Undefined if no lesson was set up. */
  readonly replaced: ReplacedWork | undefined;
  /** The query of the link that was applied last; undefined if there was none. */
  readonly link: string | undefined;
  /** The pretrained network that was loaded last; undefined if none was. */
  readonly pretrained: Pretrained | undefined;
}

/** What is large in a state and seldom changes, with what encodes it: each is a file of its own. */
export function partsOf({
  collection,
  network,
  runs,
  replaced,
  pretrained,
}: LabState): ReadonlyMap<object, () => Uint8Array<ArrayBuffer>> {
  const parts = new Map<object, () => Uint8Array<ArrayBuffer>>();
  for (const each of replaced === undefined ? [collection] : [collection, replaced.collection])
    parts.set(each, () => encodeCollection(each));
  for (const each of [pretrained, network?.pretrained, replaced?.network?.pretrained])
    if (each !== undefined) parts.set(each, () => each.file);
  for (const { task, best, state } of runs) {
    if (task !== undefined && task.dataset !== datasetOf(collection))
      parts.set(task.dataset, () => encodeDataset(task.dataset));
    const { pretrained: start } = task ?? {};
    if (start !== undefined) parts.set(start, () => start.file);
    if (best !== undefined)
      parts.set(best, () => encodeCheckpoint(start === undefined ? best : trainedPartOf(best)));
    if (state !== undefined) parts.set(state, () => encodeState(state));
  }
  return parts;
}
