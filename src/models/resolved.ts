import type { Pair } from '../core/shape.js';
import { DEFAULT_SHORTCUT_NAME } from '../layers/containers/residual.js';
import type { Container, ContainerOf, Layer } from '../layers/index.js';
import type { Activation, ParameterSpec } from '../layers/layer.js';
import type { Model } from './model.js';

/** A layer with everything that follows from its position in a model. */
export interface ResolvedLayer {
  /** Counts all layers of the model in the order in which they compute: a container comes after the layers inside it. */
  readonly index: number;
  /** The names of the containers it is in and its own name, or its position there: the prefix of its parameters' names. */
  readonly name: string;
  readonly layer: Layer;
  readonly input: Activation;
  readonly output: Activation;
  /** The layer's own parameters, without those of layers inside it. */
  readonly parameters: readonly ParameterSpec[];
  /** For one image. */
  readonly multiplyAdds: number;
  readonly halos: Halos;
  /** What a container combines; none for all other layers. */
  readonly branches?: Branches;
}

/** How many rows and columns of zeros surround a layer's tensors, so that convolutions need not check for edges. */
export interface Halos {
  /** Needed around the input by this layer, or by the next ones where it works in place. */
  readonly input: Pair;
  /** Needed around the output by the layers after it. */
  readonly output: Pair;
  /** Needed around the gradient of the input by the layers before it. */
  readonly inputGrad: Pair;
  /** Needed around the gradient of the output by this layer, or by those before it where it works in place. */
  readonly outputGrad: Pair;
}

/** The two branches of a container. */
export interface Branches {
  readonly layers: readonly ResolvedLayer[];
  /** Empty where it is the input itself. */
  readonly shortcut: readonly ResolvedLayer[];
}

/** The name of a container's shortcut among the names of its layers. */
export function shortcutNameOf(container: ContainerOf<unknown>): string {
  return (container.type === 'residual' ? container.shortcutName : undefined) ?? DEFAULT_SHORTCUT_NAME;
}

/** A tensor that belongs to a model and is saved with it. */
export interface ModelParameter {
  /** PyTorch's name within the model, such as `layer1.0.weight`. */
  readonly name: string;
  readonly spec: ParameterSpec;
}

/** A model with everything that follows from its layers. Inferred once, then passed to all that builds on it. */
export interface ResolvedModel {
  readonly model: Model;
  /** The model's own layers. */
  readonly layers: readonly ResolvedLayer[];
  /** The same with those inside containers, each container after its own: the order in which they compute. */
  readonly allLayers: readonly ResolvedLayer[];
  /** The number of classes that it distinguishes. */
  readonly classes: number;
  /** Every tensor that is saved, in the order of PyTorch's `state_dict`. */
  readonly parameters: readonly ModelParameter[];
  /** The number of trainable parameters. */
  readonly parameterCount: number;
  /** For one image. */
  readonly multiplyAdds: number;
  /** The zeros that the first layer needs around the images. */
  readonly inputHalo: Pair;
}

/** The two branches of a container, as data. */
export function branchesOf(container: Container): readonly (readonly Layer[])[] {
  return [container.layers, container.type === 'residual' ? (container.shortcut ?? []) : []];
}

/** Layers with all that are inside them, each container after its own. */
export function withInner(layers: readonly ResolvedLayer[]): readonly ResolvedLayer[] {
  return layers.flatMap((layer) =>
    layer.branches === undefined
      ? layer
      : [...withInner(layer.branches.layers), ...withInner(layer.branches.shortcut), layer],
  );
}
