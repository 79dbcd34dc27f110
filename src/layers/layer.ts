import { z } from 'zod';
import type { Pair, Shape } from '../core/shape.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { Tensor } from '../plan/tensor.js';

/** The layer's name in the model and in saved weights; its index when left out. */
export const layerName = z.string().min(1).optional();

/** What flows between layers, for one image. */
export interface Activation {
  readonly shape: Shape;
  /** For a flattened image, its `[height, width, channels]`: PyTorch flattens in another order. */
  readonly flattenedFrom?: Shape;
}

/** How an initial value is drawn, as PyTorch draws it. */
export type Initial = { readonly uniform: number } | { readonly constant: number };

/** How PyTorch lays a tensor out: its elements in PyTorch's order are found by stepping through the engine's. */
export interface TorchLayout {
  /** Sizes of the axes, outermost first. */
  readonly axes: Shape;
  /** For each axis, how many of the engine's elements one step along it skips. */
  readonly strides: Shape;
  /** The shape it has in a `state_dict`. */
  readonly shape: Shape;
}

/** The layout of a vector, which is the same in both. */
export function vectorLayout(size: number): TorchLayout {
  return { axes: [size], strides: [1], shape: [size] };
}

/** A tensor that belongs to a layer and is saved with the model. */
export interface ParameterSpec {
  /** PyTorch's name within the layer, such as `weight`. */
  readonly name: string;
  /** The engine's shape. */
  readonly shape: Shape;
  readonly torch: TorchLayout;
  readonly initial: Initial;
  /** False for running statistics, which training moves without a gradient. */
  readonly trained: boolean;
}

/** What a layer needs to add itself to a plan. */
export interface PlanContext {
  readonly builder: PlanBuilder;
  /** The place of the layer in the model, from 0. */
  readonly index: number;
  /** The layer's name in the model, which its tensors' names start with. */
  readonly name: string;
  readonly input: Tensor;
  /** True where others read the input too, after this layer: it must not be written over. */
  readonly isInputShared: boolean;
  /** True where the gradient of a layer in front is computed from the input, as that layer gave it. */
  readonly isInputReadBackwards: boolean;
  /** Shape of one item of the output. */
  readonly outputShape: Shape;
  /** The halo that the next layer needs around this one's output. */
  readonly outputHalo: Pair;
  /** The halo that the previous layer needs around the gradient of this one's input. */
  readonly inputGradHalo: Pair;
  /** In training, batch statistics and dropout; no gradients in evaluation. */
  readonly mode: 'training' | 'evaluation';
  /** True where its parameters stay as they are, and its running statistics, which it then goes by in training too. */
  readonly isFrozen: boolean;
  /** False where no layer in front is trained, so that nobody asks for the input's gradient. */
  readonly needsInputGrad: boolean;
  parameter(name: string): Tensor;
  /** Where the gradient of a trained parameter goes; a frozen layer has none. */
  gradient(name: string): Tensor;
}

/** What a layer added to a plan: its output, and how to add its gradients. */
export interface PlannedLayer {
  readonly output: Tensor;
  /** Adds the operations of the layer's gradients; returns the gradient of its input, where that is needed. */
  backward(outputGrad: Tensor): Tensor | undefined;
}

/** All that the rest of the program needs to know about a kind of layer. */
export interface LayerRule<Layer> {
  /**
   * @param who the layer's name and type, to begin an error with
   * @throws {InklingError} when the layer cannot take this input
   */
  outputOf(layer: Layer, input: Activation, who: string): Activation;
  parametersOf(layer: Layer, input: Activation): readonly ParameterSpec[];
  /** Multiply-adds for one image. */
  multiplyAdds(layer: Layer, input: Activation): number;
  /** True for layers that hand on the tensor they get, written over or seen in another shape, and its gradient alike. */
  readonly inPlace: boolean;
  /** True where its gradient is computed from its output. */
  readonly readsOutputBackwards: boolean;
  /** The zeros it needs around its input; `same` for layers that hand on the tensor they get. */
  inputHalo(layer: Layer): Pair | 'same';
  /** The zeros it needs around the gradient of its output. */
  outputGradHalo(layer: Layer): Pair | 'same';
  plan(layer: Layer, context: PlanContext): PlannedLayer;
}

/** Asks for no zeros around an image. */
export const noHalo = (): Pair => [0, 0];

/** For layers that write over the tensor they get. */
export const sameHalo = (): 'same' => 'same';

/** Where a layer puts its output that can write over its input. */
export function outputInPlace({ builder, name, input, ...context }: PlanContext): Tensor {
  if (!context.isInputShared) return input;
  return builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
}
