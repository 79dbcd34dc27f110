import { checkOptions } from '../../core/arguments/checkOptions.js';
import * as kinds from '../../core/arguments/kinds.js';
import { DEFAULT_BATCH_SIZE } from '../../models/batchSize.js';
import type { Model } from '../../models/model.js';
import { resolveModel } from '../../models/resolve.js';
import type { ResolvedModel } from '../../models/resolved.js';
import type { Op } from '../../plan/ops.js';
import type { Plan } from '../../plan/plan.js';
import type { Tensor } from '../../plan/tensor.js';
import { profileTraining, sketchTraining } from './profileTraining.js';

/** Enough for a stable median. */
const PROFILE_STEPS = 100;

/** A step of training with Adam, as the engine computes it. */
export interface TrainingStep {
  /** The number of images. */
  readonly batch: number;
  /** Each ends when all threads have computed their part. */
  readonly stages: readonly TrainingStage[];
}

/** Operations that a thread computes one after the other. */
export interface TrainingStage {
  /** How they are divided among threads. */
  readonly partition: string;
  readonly operations: readonly TrainingOperation[];
}

/** An operation, with the names of the tensors that it reads and writes. */
export interface TrainingOperation {
  readonly operation: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** The median time per step on one thread; undefined if it was not measured. */
  readonly seconds: number | undefined;
}

/** How a training step is described. */
export interface TrainingStepOptions {
  /** Whether to measure each operation on the calling thread, on random images, which takes some seconds. */
  readonly measure?: boolean | undefined;
}

/**
 * The operations of a training step.
 *
 * @throws {InklingError} when the layers do not fit together
 */
export async function describeTrainingStep(
  model: Model,
  options: TrainingStepOptions = {},
): Promise<TrainingStep> {
  checkOptions('describeTrainingStep', options, { measure: kinds.flag });
  const { measure = false } = options;
  return describeStep(await listTrainingStep(resolveModel(model), measure));
}

/** The plan of a training step, with the time of each operation if they were measured. */
export interface StepListing {
  readonly plan: Plan;
  readonly seconds?: ReadonlyMap<Op, number>;
}

export async function listTrainingStep(model: ResolvedModel, measure: boolean): Promise<StepListing> {
  const sketch = sketchTraining(model, DEFAULT_BATCH_SIZE);
  if (!measure) return sketch;
  const times = await profileTraining(model, sketch, PROFILE_STEPS);
  return { plan: sketch.plan, seconds: new Map(times.map(({ op, seconds }) => [op, seconds])) };
}

export function describeStep({ plan, seconds }: StepListing): TrainingStep {
  return {
    batch: plan.batchSize,
    stages: plan.stages.map(({ partition, ops }) => ({
      partition,
      operations: ops.map((op) => ({
        operation: op.op,
        reads: namesOf(op.reads),
        writes: namesOf(op.writes),
        seconds: seconds?.get(op),
      })),
    })),
  };
}

function namesOf(tensors: Readonly<Record<string, Tensor>>): string[] {
  return Object.values(tensors).map(({ name }) => name);
}
