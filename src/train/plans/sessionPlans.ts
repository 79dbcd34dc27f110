import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import type { StartEngine } from '../../engine/engine.js';
import { allocateCopy, allocateNetwork, type Trainable } from '../../models/network.js';
import type { ResolvedModel } from '../../models/resolved.js';
import { Arena } from '../../plan/arena.js';
import { BYTES_PER_ELEMENT } from '../../plan/tensor.js';
import { type Learning, probePlan, scoringPlan, trainingPlan } from './trainingPlans.js';
import { batchCapacity } from '../batches/batchCapacity.js';
import { allocateSource } from '../batches/source.js';

/** What a session trains, and how. */
export interface SessionPlanOptions extends Learning {
  readonly model: ResolvedModel;
  readonly batchSize: number;
  /** What is trained, and how fast; by default everything at the learning rate of the step. */
  readonly trainable?: Partial<Trainable> | undefined;
  /**
   * The number of layers at the start whose outputs, the features of the images, are computed before and passed to
   * `Session.setFeatures`; see `countFixedLayers`.
   */
  readonly fixedLayers?: number | undefined;
  /** Whether to maintain a moving average of the weights, which is then scored and saved. */
  readonly averages?: boolean;
}

export interface SessionOptions extends SessionPlanOptions {
  readonly dataset: Dataset;
  readonly threads: number;
  /** What runs its plans; by default a team of that many threads. */
  readonly start?: StartEngine;
}

export type SessionPlans = Readonly<ReturnType<typeof makeSessionPlans>>;

/** Allocates the tensors of a session, and plans its training, scoring and probe. */
export function makeSessionPlans({
  model,
  batchSize,
  trainable,
  fixedLayers = 0,
  averages = false,
  ...learning
}: SessionPlanOptions) {
  const arena = new Arena();
  const network = allocateNetwork(arena, model, trainable);
  const evalWeights = averages ? allocateCopy(arena, network, 'averages') : network;
  const { shape } = model.layers[fixedLayers].input;
  const dtype = fixedLayers === 0 ? 'u8' : 'f32';
  const itemBytes = sizeOf(shape) * BYTES_PER_ELEMENT[dtype];
  const source = allocateSource(arena, shape, batchSize * batchCapacity(itemBytes, batchSize), dtype);
  const inputs = { model, network, source, batchSize, fixedLayers };
  const plans = {
    network,
    /** The weights that are scored: the trained ones or their averages. */
    evalWeights,
    source,
    training: trainingPlan(arena, inputs, learning, averages ? evalWeights : undefined),
    scoring: scoringPlan(arena, { ...inputs, network: evalWeights }),
    probe: probePlan(arena, model, network),
  };
  /** The size of the memory that all of them need. */
  return { ...plans, memoryBytes: arena.bytes };
}
