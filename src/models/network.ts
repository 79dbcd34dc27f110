import { InklingError } from '../core/errors.js';
import { type Pair, sizeOf } from '../core/shape.js';
import { type Layer, ruleOf } from '../layers/index.js';
import type { PlannedLayer } from '../layers/layer.js';
import type { Arena } from '../plan/arena.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { TensorMemory } from '../plan/memory.js';
import { type Tensor, viewOf } from '../plan/tensor.js';
import { type Model, type PlacedLayer, placeLayers } from './model.js';
import { parametersOf, type Weights } from './weights.js';

/** Trained tensors start at multiples of this many elements, a cache line. */
const ALIGNMENT_ELEMENTS = 16;

/** Where a model's tensors lie. All plans of one arena share them. */
export interface NetworkTensors {
  /** By PyTorch's names, running statistics included. */
  readonly parameters: ReadonlyMap<string, Tensor>;
  /** By the same names, for those that are trained. */
  readonly gradients: ReadonlyMap<string, Tensor>;
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

export function allocateNetwork(arena: Arena, model: Model): NetworkTensors {
  const specs = parametersOf(model);
  const trained = specs.filter(({ spec }) => spec.trained);
  const isDecayed = ({ spec }: (typeof specs)[number]) => spec.shape.length > 1;
  const places = new Map<string, number>();
  let elements = 0;
  let decayedElements = 0;
  for (const each of [...trained.filter(isDecayed), ...trained.filter((other) => !isDecayed(other))]) {
    places.set(each.name, elements);
    elements += Math.ceil(sizeOf(each.spec.shape) / ALIGNMENT_ELEMENTS) * ALIGNMENT_ELEMENTS;
    if (isDecayed(each)) decayedElements = elements;
  }
  const parameter = arena.tensor({ name: 'parameters', shape: [elements] });
  const gradient = arena.tensor({ name: 'gradients', shape: [elements] });

  const parameters = new Map<string, Tensor>();
  const gradients = new Map<string, Tensor>();
  for (const { name, spec } of specs) {
    const place = places.get(name);
    if (place === undefined) {
      parameters.set(name, arena.tensor({ name, shape: spec.shape }));
    } else {
      parameters.set(name, viewOf(parameter, name, spec.shape, place));
      gradients.set(name, viewOf(gradient, `${name}.gradient`, spec.shape, place));
    }
  }
  return { parameters, gradients, trained: { parameter, gradient, decayedElements } };
}

/**
 * Copies weights to where the network's tensors lie.
 *
 * @throws {InklingError} when one is missing or of another size than the model's
 */
export function fillWeights(
  memory: TensorMemory<Float32Array>,
  { parameters }: NetworkTensors,
  weights: Weights,
): void {
  for (const [name, tensor] of parameters) {
    const [target, values] = [memory.floats(tensor), weights.get(name)];
    if (values?.length !== target.length) {
      throw new InklingError(
        `weights: ${name} has ${values?.length ?? 'no'} values, expected ${target.length}; use weights of this model`,
      );
    }
    target.set(values);
  }
}

/** The zeros a model's first layer needs around its input images. */
export function inputHaloOf(model: Model): Pair {
  return haloInFrontOf(model.layers, 0);
}

/** What a planned network gives, and how to add its gradients. */
export interface PlannedNetwork {
  readonly output: Tensor;
  /** @param outputGrad the gradient of the loss by the network's output */
  readonly backward: (outputGrad: Tensor) => void;
}

/** Adds a model's layers to a plan, or those in front of layer `end` only. */
export function planNetwork(
  builder: PlanBuilder,
  model: Model,
  tensors: NetworkTensors,
  input: Tensor,
  mode: 'training' | 'evaluation',
  end = model.layers.length,
): PlannedNetwork {
  const planned: PlannedLayer[] = [];
  let output = input;
  let needsInputGrad = false;
  for (const placed of placeLayers(model).slice(0, end)) {
    const layer = planLayer(builder, model, tensors, placed, { input: output, mode, needsInputGrad });
    planned.push(layer);
    output = layer.output;
    needsInputGrad ||= placed.parameters.some(({ trained }) => trained);
  }
  return {
    output,
    backward(outputGrad) {
      let gradient: Tensor | undefined = outputGrad;
      for (const layer of planned.reverse()) gradient = gradient && layer.backward(gradient);
    },
  };
}

function planLayer(
  builder: PlanBuilder,
  { layers }: Model,
  tensors: NetworkTensors,
  { index, name, layer, output }: PlacedLayer,
  flow: { input: Tensor; mode: 'training' | 'evaluation'; needsInputGrad: boolean },
): PlannedLayer {
  return ruleOf(layer).plan(layer, {
    builder,
    index,
    name,
    ...flow,
    outputShape: output.shape,
    outputHalo: haloInFrontOf(layers, index + 1),
    inputGradHalo: haloBehind(layers, index - 1),
    parameter: (part) => find(tensors.parameters, `${name}.${part}`),
    gradient: (part) => find(tensors.gradients, `${name}.${part}`),
  });
}

/** The halo that the layer at `index` needs around its input. */
function haloInFrontOf(layers: readonly Layer[], index: number): Pair {
  if (index === layers.length) return [0, 0];
  const halo = ruleOf(layers[index]).inputHalo(layers[index]);
  return halo === 'same' ? haloInFrontOf(layers, index + 1) : halo;
}

/** The halo that the layer at `index` needs around the gradient of its output. */
function haloBehind(layers: readonly Layer[], index: number): Pair {
  if (index < 0) return [0, 0];
  const halo = ruleOf(layers[index]).outputGradHalo(layers[index]);
  return halo === 'same' ? haloBehind(layers, index - 1) : halo;
}

function find(tensors: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`no tensor is called ${name}`);
  return tensor;
}
