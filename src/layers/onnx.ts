import type { Shape } from '../core/shape.js';

/** The value of a node's attribute. */
export type OnnxAttribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly tensor: { readonly shape: Shape; readonly values: Float32Array } };

/** An operation of an ONNX graph; inputs and output are names of values: graph inputs, tensors or outputs of nodes. */
export interface OnnxNode {
  readonly name: string;
  /** The operator, such as `Conv`. */
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** What a layer needs to write its nodes. */
export interface OnnxContext {
  /** The layer's name in the model, which the names of its nodes and values start with. */
  readonly name: string;
  /** The name of the layer's input. */
  readonly input: string;
  /** The shape of its input in the engine, for one image. */
  readonly shape: Shape;
  /** The names of its tensors, in the order in which the layer declares them. */
  readonly parameters: readonly string[];
  /** The version of the operator set. */
  readonly opset: number;
}

/** The attributes of ONNX's `HardSigmoid` with which it is PyTorch's. */
export const HARD_SIGMOID: OnnxNode['attributes'] = { alpha: { float: 1 / 6 }, beta: { float: 0.5 } };

/** The name of a layer's output. */
export function onnxOutput(name: string): string {
  return `${name}.output`;
}

/** The only node of a layer: it takes the layer's input, then its tensors. */
export function onnxNode(
  { name, input, parameters }: OnnxContext,
  type: string,
  attributes: OnnxNode['attributes'] = {},
): OnnxNode {
  return { name, type, inputs: [input, ...parameters], output: onnxOutput(name), attributes };
}

/** A node that computes an intermediate value. */
export function intermediateNode(
  { name }: OnnxContext,
  part: string,
  type: string,
  inputs: readonly string[],
  attributes: OnnxNode['attributes'] = {},
): OnnxNode {
  return { name: `${name}.${part}`, type, inputs, output: `${name}.${part}.output`, attributes };
}

/** A node whose output is a number. */
export function constantNode(context: OnnxContext, part: string, value: number): OnnxNode {
  return intermediateNode(context, part, 'Constant', [], { value_float: { float: value } });
}

/** The last node of a layer that multiplies two values. */
export function productNode({ name }: OnnxContext, a: string, b: string): OnnxNode {
  return { name, type: 'Mul', inputs: [a, b], output: onnxOutput(name), attributes: {} };
}
