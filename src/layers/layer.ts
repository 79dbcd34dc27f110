import type { Pair, Shape } from '../core/shape.js';
import type { PlanBuilder } from '../plan/builder.js';
import type { Tensor } from '../plan/tensor.js';

/** What flows between layers, for one image. */
export interface Activation {
  readonly shape: Shape;
  /** For a flattened image, its `[height, width, channels]`: PyTorch flattens in another order. */
  readonly flattenedFrom?: Shape;
}

/** How an initial value is drawn, as PyTorch draws it: uniform in ±`uniform`, or constant. */
export type Initial = { readonly uniform: number } | { readonly constant: number };

/** PyTorch's layout of a tensor: its elements, in PyTorch's order, are found by striding through the engine's. */
export interface TorchLayout {
  /** Sizes of the axes, outermost first. */
  readonly axes: Shape;
  /** For each axis, the distance of two neighbors along it, in elements of the engine's layout. */
  readonly strides: Shape;
  /** The shape in a `state_dict`. */
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
  /** False for running statistics, which training updates without a gradient. */
  readonly trained: boolean;
}

/** What a layer needs to add itself to a plan. */
export interface PlanContext {
  readonly builder: PlanBuilder;
  /** The index of the layer in the model, from 0. */
  readonly index: number;
  /** The layer's name in the model, the prefix of its tensors' names. */
  readonly name: string;
  readonly input: Tensor;
  /** True if other layers read the input later: it must not be overwritten. */
  readonly isInputShared: boolean;
  /** True if the backward pass of an earlier layer reads the input: its values must be preserved until then. */
  readonly isInputReadBackwards: boolean;
  /** Shape of one item of the output. */
  readonly outputShape: Shape;
  /** The halo that the next layer needs around this layer's output. */
  readonly outputHalo: Pair;
  /** The halo that the previous layer needs around the gradient of this layer's input. */
  readonly inputGradHalo: Pair;
  /** `training` has batch statistics, dropout and gradients. */
  readonly mode: 'training' | 'evaluation';
  /** True if the layer's parameters and running statistics stay fixed; it then uses the latter in training too. */
  readonly isFrozen: boolean;
  /** False if no earlier layer is trained, so that the gradient of the input is not needed. */
  readonly needsInputGrad: boolean;
  parameter(name: string): Tensor;
  /** The gradient of a trained parameter; a frozen layer has none. */
  gradient(name: string): Tensor;
}

/** What a layer added to a plan. */
export interface PlannedLayer {
  readonly output: Tensor;
  /** Adds the backward pass; returns the gradient of the input if it is needed. */
  backward(outputGrad: Tensor): Tensor | undefined;
}

/** For layers that need no zeros around an image. */
export const noHalo = (): Pair => [0, 0];

/** For layers that work in place: what the neighboring layer needs. */
export const sameHalo = (): 'same' => 'same';

/** The output of a layer that may overwrite its input: the input unless other layers read it. */
export function outputInPlace({ builder, name, input, ...context }: PlanContext): Tensor {
  if (!context.isInputShared) return input;
  return builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
}
