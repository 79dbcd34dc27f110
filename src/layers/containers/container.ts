import type { Pair } from '../../core/shape.js';
import type { PlanBuilder } from '../../plan/builder.js';
import type { Tensor } from '../../plan/tensor.js';
import type { Activation } from '../layer.js';

/** What the two branches of a container output: its layers, and its shortcut, which is the input itself where it is empty. */
export interface BranchesOf<Value> {
  readonly layers: Value;
  readonly shortcut: Value;
}

/** What a container needs to add itself to a plan, after its branches. */
export interface ContainerContext {
  readonly builder: PlanBuilder;
  readonly name: string;
  readonly outputs: BranchesOf<Tensor>;
  /** For the output of the container. */
  readonly outputHalo: Pair;
  /** For the gradient of what its layers output. */
  readonly layersGradHalo: Pair;
  /** Whether the backward pass of its layers overwrites that gradient. */
  readonly layersOverwriteGrad: boolean;
  /** False if the gradient for the shortcut is not needed, unless the shortcut is trained. */
  readonly needsInputGrad: boolean;
}

/** A container that was added to a plan. */
export interface PlannedContainer {
  readonly output: Tensor;
  /** Adds the backward pass up to the branches; returns the gradients of their outputs. */
  backward(outputGrad: Tensor): BranchesOf<Tensor>;
}

/** Everything the program knows about one kind of container: a layer that combines the outputs of branches that share its input. */
export interface ContainerDefinition {
  /**
   * The output, given those of the branches; that of an empty shortcut is `input`.
   *
   * @param who the layer's name and type, for error messages
   * @throws {InklingError} when the outputs do not fit
   */
  inferOutput(input: Activation, outputs: BranchesOf<Activation>, who: string): Activation;
  plan(context: ContainerContext): PlannedContainer;
  /** Whether the gradient of the output is also that of what the branches output, so that they determine its halo. */
  readonly passesOutputGrad: boolean;
  /** The Python class of which a script for PyTorch constructs it. */
  readonly torchClass: string;
  /** The ONNX operator that combines the outputs of the branches. */
  readonly onnxOperator: string;
}
