import { type NetworkTensors, planNetwork } from '../../models/network.js';
import type { ResolvedModel } from '../../models/resolved.js';
import type { Arena } from '../../plan/arena.js';
import type { Augmentation } from '../../plan/augmentation.js';
import { PlanBuilder } from '../../plan/builder.js';
import type { Plan } from '../../plan/plan.js';
import { recomputeOutputs } from '../../plan/recompute.js';
import { MAX_STEPS } from '../../plan/steps.js';
import type { Tensor } from '../../plan/tensor.js';
import { addAverage } from '../optimization/averages.js';
import { addLoss, type Loss } from './addLoss.js';
import type { Optimizer } from '../optimization/optimizers.js';
import { addBatch, type SourceTensors } from '../batches/source.js';
import { addUpdate } from '../optimization/update.js';

/** The inputs of training and scoring plans. */
export interface PlanInputs {
  readonly model: ResolvedModel;
  readonly network: NetworkTensors;
  readonly source: SourceTensors;
  readonly batchSize: number;
  /** The number of layers at the start that are left out; the source holds their outputs. */
  readonly fixedLayers?: number | undefined;
}

/** How a model is trained. */
export interface Learning {
  readonly optimizer: Optimizer;
  /** Plain cross-entropy by default. */
  readonly loss?: Loss | undefined;
  /** Applied to training images. */
  readonly augmentation?: Augmentation | undefined;
}

/** A plan that trains on one batch per step. */
export interface TrainingPlan {
  readonly plan: Plan;
  /** `[MAX_STEPS, 2]`, float64: each step's mean loss and number of correct predictions. */
  readonly results: Tensor;
  /** `[classes]`, to be written before the first step; undefined for plain cross-entropy. */
  readonly classWeights?: Tensor | undefined;
  /** The optimizer's state between steps. */
  readonly optimizerState: readonly Tensor[];
}

/** @param averages the tensors of the averaged weights, if they are averaged */
export function trainingPlan(
  arena: Arena,
  inputs: PlanInputs,
  { optimizer, loss = { smoothing: 0 }, augmentation }: Learning,
  averages?: NetworkTensors,
): TrainingPlan {
  const builder = new PlanBuilder(arena, inputs.batchSize);
  const { backward, ...lossInputs } = planForward(builder, inputs, 'training', augmentation);
  const results = builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
  const { logitsGrad, totals, classWeights } = addLoss(builder, lossInputs, loss);
  backward(logitsGrad);
  const optimizerState = addUpdate(builder, optimizer, inputs.network.trained);
  if (averages) addAverage(builder, inputs.network, averages);
  builder.epilogue({ op: 'lossTotal', reads: { totals }, writes: { results } });
  return { plan: builder.build('train', recomputeOutputs), results, classWeights, optimizerState };
}

/** Plans that score one batch per step. */
export interface ScoringPlan {
  /** Runs once before the first batch: its results depend on the weights only. */
  readonly prologue: Plan;
  readonly main: Plan;
  /** The loss of each item of `source`. */
  readonly losses: Tensor;
  /** The predicted class of each item of `source`. */
  readonly predictions: Tensor;
  /** The logits of each item of `source`, one item after the other. */
  readonly outputs: Tensor;
}

export function scoringPlan(arena: Arena, inputs: PlanInputs): ScoringPlan {
  const builder = new PlanBuilder(arena, inputs.batchSize);
  const { logits, targets } = planForward(builder, inputs, 'evaluation');
  const { shape } = inputs.source.labels;
  const losses = builder.shared({ name: 'losses', shape });
  const predictions = builder.shared({ name: 'predictions', dtype: 'i32', shape });
  const outputs = builder.shared({ name: 'outputs', shape: [shape[0] * inputs.model.classes] });
  builder.add({ op: 'score', reads: { logits, targets }, writes: { losses, predictions, outputs } });
  return { ...builder.buildWithPrologue('score'), losses, predictions, outputs };
}

function planForward(
  builder: PlanBuilder,
  { model, network, source, fixedLayers = 0 }: PlanInputs,
  mode: 'training' | 'evaluation',
  augmentation?: Augmentation,
) {
  const { input: first, halos } = model.layers[fixedLayers];
  const input = builder.perImage('input', first.shape, { halo: halos.input });
  const { targets, partners } = addBatch(builder, source, input, augmentation);
  const options = { mode, begin: fixedLayers };
  const { output: logits, backward } = planNetwork(builder, model, network, input, options);
  return { logits, targets, partners, backward };
}

/** Sends one image of zeros through the layers before the first linear one, in training mode; see `Model`. */
export function probePlan(arena: Arena, model: ResolvedModel, tensors: NetworkTensors): Plan {
  const builder = new PlanBuilder(arena, 1);
  const zeros = builder.perImage('zeros', model.model.input, { halo: model.inputHalo, kept: true });
  const end = model.layers.findIndex(({ layer }) => layer.type === 'linear');
  planNetwork(builder, model, tensors, zeros, { mode: 'training', end });
  return builder.build('probe');
}
