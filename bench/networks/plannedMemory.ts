import { allocateForInference } from '#inkling/models/network.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { predictionPlan } from '#inkling/predict/predictionPlan.js';
import { makeSessionPlans } from '#inkling/train/sessionPlans.js';
import type { PlannedMemory } from './results.js';
import type { Comparison } from './suites.js';

/** The memory that the engine allocates: weights, activations, and batches of images. */
export function plannedMemory({
  model,
  task,
  batch,
}: Pick<Comparison, 'model' | 'task' | 'batch'>): PlannedMemory {
  const resolved = resolveModel(model);
  const arena = task === 'training' ? sessionArena(resolved, batch) : predictionArena(resolved, batch);
  return { network: model.name, task, batch, bytes: arena.bytes };
}

type Resolved = ReturnType<typeof resolveModel>;

function predictionArena(model: Resolved, batch: number): Arena {
  const arena = new Arena();
  predictionPlan(arena, model, allocateForInference(arena, model), batch);
  return arena;
}

function sessionArena(model: Resolved, batchSize: number): Arena {
  return makeSessionPlans({ model, batchSize, optimizer: { type: 'adam' } }).arena;
}
