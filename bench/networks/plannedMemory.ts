import type { Dataset } from '#inkling/data/dataset.js';
import { sizeOf } from '#inkling/core/shape.js';
import { allocateForInference } from '#inkling/models/network.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { Arena } from '#inkling/plan/arena.js';
import { predictionPlan } from '#inkling/predict/predictionPlan.js';
import { makeSessionPlans } from '#inkling/train/sessionPlans.js';
import type { PlannedMemory } from './results.js';
import type { Comparison } from './suites.js';

/** The memory that the engine allocates: weights, activations and, in training, one batch of images in the data set. */
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

function sessionArena(model: Resolved, batch: number): Arena {
  const { input } = model.model;
  const dataset: Dataset = {
    name: 'one batch',
    source: { kind: 'generated', location: '', verified: false, sha256: {} },
    shape: input,
    classes: Array.from({ length: model.classes }, (_, i) => String(i)),
    train: { images: new Uint8Array(batch * sizeOf(input)), labels: new Uint8Array(batch) },
    test: { images: new Uint8Array(), labels: new Uint8Array() },
  };
  return makeSessionPlans({ model, dataset, batchSize: batch, threads: 1, optimizer: { type: 'adam' } })
    .arena;
}
