import type { Shape } from '../core/shape.js';
import { type NetworkTensors, planNetwork } from '../models/network.js';
import type { ResolvedModel } from '../models/resolved.js';
import type { Arena } from '../plan/arena.js';
import type { Augmentation } from '../plan/augmentation.js';
import { PlanBuilder } from '../plan/builder.js';
import type { Plan } from '../plan/plan.js';
import { MAX_STEPS } from '../plan/steps.js';
import type { Tensor } from '../plan/tensor.js';
import { addAverage } from './optimization/averages.js';
import { addLoss, type Loss } from './loss.js';
import type { Optimizer } from './optimization/optimizers.js';
import { addImages, type SourceTensors } from './source.js';
import { addUpdate } from './optimization/update.js';

/** What plans that learn or score have in common. */
export interface PlanInputs {
  readonly model: ResolvedModel;
  readonly network: NetworkTensors;
  readonly source: SourceTensors;
  readonly batchSize: number;
}

/** How a network learns. */
export interface Learning {
  readonly optimizer: Optimizer;
  /** Plain cross-entropy where it is missing. */
  readonly loss?: Loss | undefined;
  /** What is done to the images that are learned from. */
  readonly augmentation?: Augmentation | undefined;
}

/** A plan whose step learns from one batch. */
export interface TrainingPlan {
  readonly plan: Plan;
  /** `[MAX_STEPS, 2]`, float64: each step's mean loss and its correct answers. */
  readonly results: Tensor;
  /** `[classes]`, to be filled before the first step, where they count. */
  readonly classWeights?: Tensor | undefined;
  /** What the optimizer keeps from step to step. */
  readonly optimizerState: readonly Tensor[];
}

/** @param averages where the average of the weights is kept, if it is */
export function trainingPlan(
  arena: Arena,
  inputs: PlanInputs,
  { optimizer, loss = { smoothing: 0 }, augmentation }: Learning,
  averages?: NetworkTensors,
): TrainingPlan {
  const builder = new PlanBuilder(arena, inputs.batchSize);
  const { backward, ...answers } = planForward(builder, inputs, 'training', augmentation);
  const results = builder.shared({ name: 'results', dtype: 'f64', shape: [MAX_STEPS, 2] });
  const { logitsGrad, totals, classWeights } = addLoss(builder, answers, loss);
  backward(logitsGrad);
  const optimizerState = addUpdate(builder, optimizer, inputs.network.trained);
  if (averages) addAverage(builder, inputs.network, averages);
  builder.epilogue({ op: 'lossTotal', reads: { totals }, writes: { results } });
  return { plan: builder.build('train'), results, classWeights, optimizerState };
}

/** Plans whose steps score one batch each. */
export interface ScoringPlan {
  /** Runs once before the first batch: what it prepares depends on the weights alone. */
  readonly prologue: Plan;
  readonly main: Plan;
  /** `[count]`: the loss of each image, in the order's order. */
  readonly losses: Tensor;
  /** `[count]`: the class predicted for it. */
  readonly predictions: Tensor;
}

export function scoringPlan(arena: Arena, inputs: PlanInputs): ScoringPlan {
  const builder = new PlanBuilder(arena, inputs.batchSize);
  const { logits, targets } = planForward(builder, inputs, 'evaluation');
  const { shape } = inputs.source.order;
  const losses = builder.shared({ name: 'losses', shape });
  const predictions = builder.shared({ name: 'predictions', dtype: 'i32', shape });
  builder.add({ op: 'score', reads: { logits, targets }, writes: { losses, predictions } });
  return { ...builder.buildWithPrologue('score'), losses, predictions };
}

/** A plan whose step changes a batch of images as training would see them. */
export interface AugmentationPlan {
  readonly plan: Plan;
  /** `[batch, height, width, channels]`, from 0 to 1, to be read after a step. */
  readonly pixels: Tensor;
}

export function augmentationPlan(
  arena: Arena,
  source: SourceTensors,
  shape: Shape,
  augmentation: Augmentation,
): AugmentationPlan {
  const [batchSize] = source.order.shape;
  const builder = new PlanBuilder(arena, batchSize);
  const pixels = builder.perImage('pixels', shape);
  addImages(builder, source, pixels, augmentation);
  return { plan: builder.build('augment'), pixels };
}

function planForward(
  builder: PlanBuilder,
  { model, network, source }: PlanInputs,
  mode: 'training' | 'evaluation',
  augmentation?: Augmentation,
) {
  const input = builder.perImage('input', model.model.input, { halo: model.inputHalo });
  const { targets, partners } = addImages(builder, source, input, augmentation);
  const { output: logits, backward } = planNetwork(builder, model, network, input, { mode });
  return { logits, targets, partners, backward };
}

/** Sends one image of zeros through the layers before the first linear one, in training mode; see `Model`. */
export function probePlan(arena: Arena, model: ResolvedModel, tensors: NetworkTensors): Plan {
  const builder = new PlanBuilder(arena, 1);
  const zeros = builder.perImage('zeros', model.model.input, { halo: model.inputHalo });
  const end = model.layers.findIndex(({ layer }) => layer.type === 'linear');
  planNetwork(builder, model, tensors, zeros, { mode: 'training', end });
  return builder.build('probe');
}
