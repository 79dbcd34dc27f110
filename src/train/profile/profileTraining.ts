import { sizeOf } from '../../core/shape.js';
import { Random } from '../../core/random.js';
import { type OpTime, profilePlan } from '../../engine/profile.js';
import { allocateNetwork, writeWeights, type NetworkTensors } from '../../models/network.js';
import type { ResolvedModel } from '../../models/resolved.js';
import { initialWeights } from '../../models/weights.js';
import { Arena } from '../../plan/arena.js';
import type { TensorMemory } from '../../plan/memory.js';
import type { Plan } from '../../plan/plan.js';
import { INERT_STEP } from '../../plan/steps.js';
import { trainingPlan } from '../plans/trainingPlans.js';
import { batchCapacity } from '../batches/batchCapacity.js';
import { allocateSource, type SourceTensors } from '../batches/source.js';

const SEED = 0;

/** The plan of a training step, which `profileTraining` measures and `summary --plan` prints. */
export interface TrainingSketch {
  readonly plan: Plan;
  readonly memoryBytes: number;
  readonly network: NetworkTensors;
  readonly source: SourceTensors;
}

/** Plans a training step with Adam. */
export function sketchTraining(model: ResolvedModel, batchSize: number): TrainingSketch {
  const arena = new Arena();
  const network = allocateNetwork(arena, model);
  const { input } = model.model;
  const source = allocateSource(arena, input, batchSize * batchCapacity(sizeOf(input), batchSize));
  const { plan } = trainingPlan(
    arena,
    { model, network, source, batchSize },
    { optimizer: { type: 'adam' } },
  );
  return { plan, memoryBytes: arena.bytes, network, source };
}

/**
 * Measures the time of every operation of a training step on random images, on one thread. The learning rate is 0, so that
 * all steps are equal.
 *
 * @param steps how many steps to measure; the result is their median
 */
export async function profileTraining(
  model: ResolvedModel,
  { plan, memoryBytes, network, source }: TrainingSketch,
  steps: number,
): Promise<OpTime[]> {
  const fill = (tensors: TensorMemory<Float32Array>) => {
    const random = new Random(SEED);
    writeWeights(tensors, network, initialWeights(model, random));
    fillSource(tensors, source, random, model.classes);
  };
  return profilePlan(plan, memoryBytes, fill, { ...INERT_STEP, first: 0, count: plan.batchSize }, steps);
}

function fillSource(
  tensors: TensorMemory,
  { items, labels }: SourceTensors,
  random: Random,
  classes: number,
): void {
  tensors.bytes(items).forEach((_, i, bytes) => (bytes[i] = random.uint32() & 255));
  tensors.ints(labels).forEach((_, i, bytes) => (bytes[i] = random.uint32() % classes));
}
