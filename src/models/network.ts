import { InklingError } from '../core/errors.js';
import { sizeOf } from '../core/shape.js';
import type { Arena } from '../plan/arena.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { TensorWriter } from '../plan/memory.js';
import { type Tensor, viewOf } from '../plan/tensor.js';
import type { ModelParameter, ResolvedLayer, ResolvedModel } from './resolved.js';
import { planSequence } from './sequence.js';
import type { Weights } from './weights.js';

/** Trained tensors start at multiples of this many elements, a cache line. */
const ALIGNMENT_ELEMENTS = 16;

/** Where a model's tensors lie. All plans of one arena share them. */
export interface NetworkTensors {
  /** By PyTorch's names, running statistics included. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** By the same names, for those that are trained: not running statistics, nor what is frozen. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  /** All of the parameters one behind the other, those that are trained in front. */
  readonly all: Tensor;
  /**
   * All trained parameters one behind the other, and their gradients alike, for the optimizer. Those that weight decay
   * shrinks stand first: weights of several axes, which leaves biases and batch normalisation out.
   */
  readonly trained: {
    readonly parameter: Tensor;
    readonly gradient: Tensor;
    readonly decayedElements: number;
  };
}

/** @param frozen names of trained parameters that stay as they are: those of whole layers */
export function allocateNetwork(
  arena: Arena,
  { parameters: specs }: ResolvedModel,
  frozen: ReadonlySet<string> = new Set(),
): NetworkTensors {
  const isTrained = ({ name, spec }: ModelParameter) => spec.trained && !frozen.has(name);
  const trained = specs.filter(isTrained);
  const isDecayed = ({ spec }: ModelParameter) => spec.shape.length > 1;
  const decayed = trained.filter(isDecayed);
  const others = trained.filter((each) => !isDecayed(each));
  const places = new Map<string, number>();
  const [decayedElements, trainedElements, elements] = placeInRow(places, [
    decayed,
    others,
    specs.filter((each) => !isTrained(each)),
  ]);
  const all = arena.tensor({ name: 'allParameters', shape: [elements] });
  const parameter = viewOf(all, 'parameters', [trainedElements], 0);
  const gradient = arena.tensor({ name: 'gradients', shape: [trainedElements] });

  const viewsOf = (tensor: Tensor, views: readonly ModelParameter[], suffix = '') =>
    new Map(
      views.map(({ name, spec }) => [
        name,
        viewOf(tensor, `${name}${suffix}`, spec.shape, places.get(name) ?? 0),
      ]),
    );
  return {
    parameters: viewsOf(all, specs),
    gradients: viewsOf(gradient, trained, '.gradient'),
    all,
    trained: { parameter, gradient, decayedElements },
  };
}

/** Finds each parameter a place behind those in front of it; returns the place behind each group. */
function placeInRow(places: Map<string, number>, groups: readonly (readonly ModelParameter[])[]): number[] {
  let elements = 0;
  return groups.map((group) => {
    for (const { name, spec } of group) {
      places.set(name, elements);
      elements += Math.ceil(sizeOf(spec.shape) / ALIGNMENT_ELEMENTS) * ALIGNMENT_ELEMENTS;
    }
    return elements;
  });
}

/** Memory for a network's parameters a second time, such as for their average; gradients there are none. */
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

/** What a planned network gives, and how to add its gradients. */
export interface PlannedNetwork {
  readonly output: Tensor;
  /** @param outputGrad the gradient of the loss by the network's output */
  readonly backward: (outputGrad: Tensor) => void;
}

/** Hears of each layer's output as it is added to a plan, before the next layer is. */
export type OutputObserver = (layer: ResolvedLayer, output: Tensor) => void;

export interface PlanNetworkOptions {
  readonly mode: 'training' | 'evaluation';
  /** How many layers to add, from the first on; all when left out. */
  readonly end?: number;
  readonly onOutput?: OutputObserver;
}

/** Adds a model's layers to a plan. */
export function planNetwork(
  builder: PlanBuilder,
  { layers }: ResolvedModel,
  tensors: NetworkTensors,
  input: Tensor,
  { mode, end = layers.length, onOutput }: PlanNetworkOptions,
): PlannedNetwork {
  return planSequence(layers.slice(0, end), {
    builder,
    mode,
    onOutput,
    input,
    isInputShared: false,
    isInputReadBackwards: false,
    needsInputGrad: false,
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
