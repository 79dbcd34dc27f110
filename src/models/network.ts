import { InklingError } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import type { ParameterSpec } from '../layers/layer.js';
import type { Arena } from '../plan/arena.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { TensorWriter } from '../plan/memory.js';
import { type Tensor, viewOf } from '../plan/tensor.js';
import type { ModelParameter, ResolvedLayer, ResolvedModel } from './resolved.js';
import { type ObservedGradient, planSequence } from './sequence.js';
import type { Weights } from './weights.js';

/** Parameters start at multiples of this many elements: a cache line. */
const ALIGNMENT_ELEMENTS = 16;

/** The tensors of a model's parameters and gradients, which all plans of one arena share. */
export interface NetworkTensors {
  /** By PyTorch's names, running statistics included. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** Those of trained parameters by the same names, excluding running statistics and frozen parameters. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  /** All parameters in one tensor, the trained ones first. */
  readonly all: Tensor;
  /** All trained parameters in one tensor, and their gradients in the same order, for the optimizer. */
  readonly trained: {
    readonly parameter: Tensor;
    readonly gradient: Tensor;
    readonly parts: readonly TrainedPart[];
  };
}

/** Consecutive trained parameters that are updated alike. */
export interface TrainedPart {
  /** The first element, and the number of elements. */
  readonly start: number;
  readonly length: number;
  /** Whether weight decay applies: to tensors with several axes, which excludes biases and batch normalization. */
  readonly isDecayed: boolean;
  /** The learning rate is that of the step times this. */
  readonly rateFactor: number;
}

/** What is trained, and how fast. */
export interface Trainable {
  /** Names of parameters that are not trained: those of whole layers. */
  readonly frozen: ReadonlySet<string>;
  /** The factor of the learning rate of each trained parameter that has one; 1 by default. */
  readonly rateFactors: ReadonlyMap<string, number>;
}

export function allocateNetwork(
  arena: Arena,
  { parameters: specs }: ResolvedModel,
  { frozen = new Set(), rateFactors = new Map() }: Partial<Trainable> = {},
): NetworkTensors {
  const isTrained = ({ name, spec }: ModelParameter) => spec.trained && !frozen.has(name);
  const trained = specs.filter(isTrained);
  const decayed = trained.filter(({ spec }) => isDecayedBy(spec));
  const others = trained.filter(({ spec }) => !isDecayedBy(spec));
  const offsets = new Map<string, number>();
  const fixed = specs.filter((each) => !isTrained(each));
  const [, trainedElements, elements] = assignOffsets(offsets, [decayed, others, fixed]);
  const all = arena.tensor({ name: 'allParameters', shape: [elements] });
  const parameter = viewOf(all, 'parameters', [trainedElements], 0);
  const gradient = arena.tensor({ name: 'gradients', shape: [trainedElements] });

  const viewsOf = (tensor: Tensor, views: readonly ModelParameter[], suffix = '') =>
    new Map(
      views.map(({ name, spec }) => [
        name,
        viewOf(tensor, `${name}${suffix}`, spec.shape, offsets.get(name) ?? 0),
      ]),
    );
  return {
    parameters: viewsOf(all, specs),
    gradients: viewsOf(gradient, trained, '.gradient'),
    all,
    trained: { parameter, gradient, parts: partsOf([...decayed, ...others], rateFactors) },
  };
}

/** Divides trained parameters, in the order of their offsets, into as few parts as possible. */
function partsOf(
  trained: readonly ModelParameter[],
  rateFactors: ReadonlyMap<string, number>,
): readonly TrainedPart[] {
  const parts: TrainedPart[] = [];
  for (const { name, spec } of trained) {
    const [isDecayed, rateFactor] = [isDecayedBy(spec), rateFactors.get(name) ?? 1];
    const last = parts.at(-1);
    const start = last === undefined ? 0 : last.start + last.length;
    const length = alignedSize(spec);
    if (last?.isDecayed === isDecayed && last.rateFactor === rateFactor) {
      parts[parts.length - 1] = { ...last, length: last.length + length };
    } else parts.push({ start, length, isDecayed, rateFactor });
  }
  return parts;
}

function isDecayedBy({ shape }: ParameterSpec): boolean {
  return shape.length > 1;
}

/** The number of elements that a parameter takes. */
function alignedSize({ shape }: ParameterSpec): number {
  return Math.ceil(sizeOf(shape) / ALIGNMENT_ELEMENTS) * ALIGNMENT_ELEMENTS;
}

/** The same for inference: none is trained, so that none needs memory for a gradient. */
export function allocateForInference(arena: Arena, model: ResolvedModel): NetworkTensors {
  return allocateNetwork(arena, model, { frozen: new Set(model.parameters.map(({ name }) => name)) });
}

/** Assigns consecutive offsets to parameters; returns the end of each group. */
function assignOffsets(
  offsets: Map<string, number>,
  groups: readonly (readonly ModelParameter[])[],
): number[] {
  let elements = 0;
  return groups.map((group) => {
    for (const { name, spec } of group) {
      offsets.set(name, elements);
      elements += alignedSize(spec);
    }
    return elements;
  });
}

/** Allocates a second copy of a network's parameters, for example for their average; gradients are shared. */
export function allocateCopy(arena: Arena, network: NetworkTensors, name: string): NetworkTensors {
  const all = arena.tensor({ name, shape: network.all.shape });
  const copyOf = (tensor: Tensor): Tensor => ({
    ...tensor,
    name: `${name}.${tensor.name}`,
    offset: tensor.offset - network.all.offset + all.offset,
  });
  const parameters = new Map([...network.parameters].map(([key, tensor]) => [key, copyOf(tensor)]));
  return { ...network, parameters, all };
}

/**
 * Writes a model's weights to its tensors.
 *
 * @throws {InklingError} when one is missing or of another size than the model's
 */
export function writeWeights(writer: TensorWriter, { parameters }: NetworkTensors, weights: Weights): void {
  for (const [name, tensor] of parameters) {
    const [size, values] = [sizeOf(tensor.shape), weights.get(name)];
    if (values?.length !== size) {
      throw new InklingError(
        `weights: ${name} has ${values?.length ?? 'no'} values, expected ${size}; use weights of this model`,
      );
    }
    writer.write(tensor, values);
  }
}

/** The output of a planned network, and how to add its backward pass. */
export interface PlannedNetwork {
  readonly output: Tensor;
  /**
   * @param outputGrad the gradient of the loss with respect to the network's output
   * @returns that with respect to its input; undefined if it is not needed
   */
  readonly backward: (outputGrad: Tensor) => Tensor | undefined;
}

/** Called with each layer's output as it is added to a plan, before the next layer. */
export type OutputObserver = (layer: ResolvedLayer, output: Tensor) => void;

export interface PlanNetworkOptions {
  readonly mode: 'training' | 'evaluation';
  /** The layers to add, from `begin` to the one before `end`; by default all. */
  readonly begin?: number;
  readonly end?: number;
  /** Whether the gradient with respect to the input is needed; by default false. */
  readonly needsInputGrad?: boolean;
  readonly onOutput?: OutputObserver;
  readonly observedGradient?: ObservedGradient;
}

/**
 * Adds a model's layers to a plan.
 *
 * @param input the images or, if layers at the start are left out, their output; with the halo that the first layer needs
 */
export function planNetwork(
  builder: PlanBuilder,
  { layers }: ResolvedModel,
  tensors: NetworkTensors,
  input: Tensor,
  {
    mode,
    begin = 0,
    end = layers.length,
    needsInputGrad = false,
    onOutput,
    observedGradient,
  }: PlanNetworkOptions,
): PlannedNetwork {
  return planSequence(layers.slice(begin, end), {
    builder,
    mode,
    onOutput,
    observedGradient,
    input,
    isInputShared: false,
    isInputReadBackwards: false,
    needsInputGrad,
    isFrozen: ({ name, parameters }) =>
      parameters.some((spec) => spec.trained && !tensors.gradients.has(`${name}.${spec.name}`)),
    parameter: (name) => find(tensors.parameters, name),
    gradient: (name) => find(tensors.gradients, name),
  });
}

function find(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`no tensor is called ${name}`);
  return tensor;
}
