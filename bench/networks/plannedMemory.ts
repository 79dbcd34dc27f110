import { allocateForInference } from '#inkling/models/network.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { predictionPlan } from '#inkling/predict/plans/predictionPlan.js';
import { makeSessionPlans } from '#inkling/train/plans/sessionPlans.js';
import type { PlannedMemory } from './results.js';
import type { Comparison } from './suites.js';

/** The memory that the engine allocates: weights, activations, and batches of images. */
export function plannedMemory({
  model,
  task,
  batch,
}: Pick<Comparison, 'model' | 'task' | 'batch'>): PlannedMemory {
  const resolved = resolveModel(model);
  const bytes = task === 'training' ? sessionBytes(resolved, batch) : predictionBytes(resolved, batch);
  return { network: model.name, task, batch, bytes };
}

type Resolved = ReturnType<typeof resolveModel>;

function predictionBytes(model: Resolved, batch: number): number {
  const arena = new Arena();
  predictionPlan(arena, model, allocateForInference(arena, model), batch);
  return arena.bytes;
}

function sessionBytes(model: Resolved, batchSize: number): number {
  return makeSessionPlans({ model, batchSize, optimizer: { type: 'adam' } }).memoryBytes;
}
