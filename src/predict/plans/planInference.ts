import { inferenceBatchSize } from '../../models/batchSize.js';
import type { Model } from '../../models/model.js';
import { allocateForInference, type NetworkTensors } from '../../models/network.js';
import { resolveModel } from '../../models/resolve.js';
import { Arena, bytesPerImage } from '../../plan/arena.js';
import { type PredictionPlan, predictionPlan, type PredictionPlanOptions } from './predictionPlan.js';

/** What is planned; see `CompileOptions`. */
export interface InferenceOptions extends PredictionPlanOptions {
  readonly model: Model;
  readonly maxBatchSize?: number | undefined;
}

/** A model's plan for predictions. */
export interface InferencePlan {
  readonly network: NetworkTensors;
  readonly plan: PredictionPlan;
  /** The size of the memory that it needs. */
  readonly memoryBytes: number;
}

/**
 * Plans the predictions of a model, in batches of as many images as are requested and fit into memory.
 *
 * @throws {InklingError} when the model has no layer with a name in `activations`, or does not fit into memory
 */
export function planInference({ model, maxBatchSize, ...options }: InferenceOptions): Promise<InferencePlan> {
  const resolved = resolveModel(model);
  const planIn = (arena: Arena, batchSize: number) => {
    const network = allocateForInference(arena, resolved);
    return { network, plan: predictionPlan(arena, resolved, network, batchSize, options) };
  };
  const arena = new Arena();
  const planned = planIn(arena, inferenceBatchSize(bytesPerImage(planIn), maxBatchSize));
  return Promise.resolve({ ...planned, memoryBytes: arena.bytes });
}
