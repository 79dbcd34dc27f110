import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';
import type { Variant } from '../families.js';
import type { Entry } from '../measure.js';
import type { TaskName } from '../protocol.js';
import { BATCH, THREADS } from '../suites.js';
import type { System } from '../system.js';
import { depthwiseNetwork, efficientNetLite0, reportCnn, resNet18 } from './models.js';

/** One network and task that several systems are compared at. */
export interface Comparison {
  readonly model: Model;
  readonly task: TaskName;
  readonly batch: number;
  /** Those that Inkling is measured with. */
  readonly threads: readonly number[];
  /** Those that peers are measured with. */
  readonly peerThreads: readonly number[];
  /** The peers: variants of PyTorch, or the name of another family. */
  readonly peers: readonly (Variant | 'onnxruntime-node')[];
}

const LAYOUTS = ['contiguous', 'channels last'] as const;
const COMPILED = [...LAYOUTS, 'torch.compile'] as const;
const ALL_THREADS = [...new Set([1, THREADS])];
export const PHOTO_BATCH = 16;
/** Batches in the data set. */
const BATCHES = 4;

/** All comparisons, in the order of the tables. */
export const comparisons: readonly Comparison[] = allComparisons();

export const networkNames: readonly string[] = [...new Set(comparisons.map(({ model }) => model.name))];

function allComparisons(): Comparison[] {
  const color = { input: [32, 32, 3], classes: 10 } as const;
  const gray = { input: [28, 28, 1], classes: 10 } as const;
  const trained = [
    reportCnn(1),
    preset('resnet-small', color),
    reportCnn(4),
    depthwiseNetwork(),
    preset('deep-cnn', gray),
  ];
  return [
    ...trained.map((model) => ({ ...atAllThreads(model, 'training'), peers: COMPILED })),
    { ...atAllThreads(reportCnn(1), 'inference'), peers: ['onnxruntime-node'] },
    ...[efficientNetLite0(), resNet18()].flatMap(photoComparisons),
  ];
}

function atAllThreads(model: Model, task: TaskName): Omit<Comparison, 'peers'> {
  return { model, task, batch: BATCH, threads: ALL_THREADS, peerThreads: ALL_THREADS };
}

function photoComparisons(model: Model): Comparison[] {
  const batches = { batch: PHOTO_BATCH, threads: ALL_THREADS, peerThreads: [THREADS], peers: LAYOUTS };
  const peers = [...LAYOUTS, 'onnxruntime-node'] as const;
  return [
    { model, task: 'inference', batch: 1, threads: [1], peerThreads: [1], peers },
    { model, task: 'inference', ...batches },
    { model, task: 'training', ...batches },
  ];
}

/** @param systems Inkling, the variants of PyTorch, and other peers */
export function entriesOf(comparison: Comparison, systems: readonly System[], folder: string): Entry[] {
  const { model, task, batch, peers } = comparison;
  const measured = systems.filter(
    ({ family, variant }) =>
      family === 'Inkling' || peers.some((peer) => peer === variant || peer === family),
  );
  return measured.flatMap((system) =>
    (system.family === 'Inkling' ? comparison.threads : comparison.peerThreads).map((threads) => ({
      system,
      title: titleOf(comparison),
      job: { task, batch, threads, images: batch * BATCHES, folder, network: model.name },
    })),
  );
}

/** `resnet-18, training` */
export function titleOf({ model, task }: Comparison): string {
  return `${model.name}, ${task}`;
}
