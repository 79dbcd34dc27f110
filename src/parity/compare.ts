import { BATCH_NORM_MOMENTUM } from '../layers/shared/batchNormPlan.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { Weights } from '../models/weights.js';
import type { Golden } from './golden.js';
import type { ReportStart } from './start.js';

/** The difference between Inkling and PyTorch in one quantity, and its tolerance. */
export interface ParityCheck {
  readonly what: string;
  /** The unit of the difference. */
  readonly unit: string;
  readonly worst: number;
  readonly bound: number;
}

/** The number of steps after which the states are compared. */
const STEPS = 10;

/** Compares the initial weights, gradients, losses and the state after ten steps with those of PyTorch. */
export function compareStart({ record, ...torch }: Golden, ours: ReportStart, model: Model): ParityCheck[] {
  const { biases, means } = underNormalization(model);
  const others = (name: string) => !biases.has(name) && !means.has(name);
  const biasReach = STEPS * record.learning_rate;
  const losses = record.step_losses.map((loss, step) => Math.abs(loss - ours.losses[step]));
  // A tensor's maximum difference is divided by its norm, that of a gradient by its maximum.
  const afterTen = (names: (name: string) => boolean, measure: Measure) =>
    worst(ours.afterTenSteps, torch.afterTenSteps, names, measure);
  return [
    {
      what: 'initial weights',
      unit: 'units in the last place',
      worst: worst(ours.initial, torch.initial, () => true, unitsInLastPlace),
      bound: 1,
    },
    {
      what: 'gradients of step 1',
      unit: "relative to the tensor's largest element",
      worst: worst(ours.gradients, torch.gradients, others, (a, b) => furthest(a, b) / largest(b)),
      bound: 1e-4,
    },
    { what: 'losses of steps 1 to 10', unit: '', worst: Math.max(...losses.slice(0, STEPS)), bound: 1e-5 },
    { what: `losses of steps 1 to ${losses.length}`, unit: '', worst: Math.max(...losses), bound: 1e-2 },
    {
      what: 'state after 10 steps',
      unit: "relative to the tensor's norm",
      worst: afterTen(others, (a, b) => furthest(a, b) / Math.hypot(...b)),
      bound: 1e-4,
    },
    {
      what: 'running means after 10 steps, without the effect of the biases',
      unit: "relative to the tensor's norm",
      worst: afterTen(
        (name) => means.has(name),
        (a, b) => Math.max(0, furthest(a, b) - biasShare(record.learning_rate)) / Math.hypot(...b),
      ),
      bound: 1e-4,
    },
    {
      what: 'change of the convolution biases in 10 steps',
      unit: '',
      worst: worst(ours.afterTenSteps, torch.initial, (name) => biases.has(name), furthest),
      // Adam's bias correction can make a step slightly longer.
      bound: biasReach,
    },
  ];
}

/**
 * The biases of convolutions before a batch normalization, and its running means. Such a bias has no effect, so that its true
 * gradient is zero; Adam turns the remaining rounding errors into full steps. The running mean follows the bias.
 */
function underNormalization(model: Model): { biases: ReadonlySet<string>; means: ReadonlySet<string> } {
  const [biases, means] = [new Set<string>(), new Set<string>()];
  const { layers } = resolveModel(model);
  for (const [index, { name, layer }] of layers.entries()) {
    if (layer.type !== 'batchNorm2d' || index === 0 || layers[index - 1].layer.type !== 'conv2d') continue;
    biases.add(`${layers[index - 1].name}.bias`);
    means.add(`${name}.running_mean`);
  }
  return { biases, means };
}

/**
 * The maximum difference between two running means that is due to biases: before step n, each bias is at most n steps from its
 * initial value; a tenth of that enters the means, which then decay.
 */
function biasShare(learningRate: number): number {
  let share = 0;
  for (let step = 0; step < STEPS; step++)
    share = (1 - BATCH_NORM_MOMENTUM) * share + BATCH_NORM_MOMENTUM * 2 * step * learningRate;
  return share;
}

type Measure = (ours: Float32Array, torch: Float32Array) => number;

function worst(
  ours: Weights,
  torch: Weights,
  isCompared: (name: string) => boolean,
  measure: Measure,
): number {
  const distances = [...torch]
    .filter(([name]) => isCompared(name))
    .map(([name, values]) => measure(ours.get(name) ?? new Float32Array(), values));
  return Math.max(...distances);
}

function furthest(ours: Float32Array, torch: Float32Array): number {
  return torch.reduce((most, value, i) => Math.max(most, Math.abs(value - ours[i])), 0);
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function unitsInLastPlace(ours: Float32Array, torch: Float32Array): number {
  const [a, b] = [ours, torch].map((values) =>
    Float64Array.from(new Int32Array(values.slice().buffer), ordinal),
  );
  return b.reduce((most, place, i) => Math.max(most, Math.abs(place - a[i])), 0);
}

/** The rank of a float32 among all float32 values in ascending order. */
function ordinal(bits: number): number {
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}
