import { avgPool2dWindow } from '../../layers/avgPool2d.js';
import { BATCH_NORM_EPSILON } from '../../layers/batchNorm.js';
import { conv2dWindow } from '../../layers/conv2d.js';
import type { SimpleLayer, SimpleLayerType } from '../../layers/index.js';
import { maxPool2dWindow } from '../../layers/maxPool2d.js';
import { slopeOf } from '../../layers/nonlinearity.js';
import type { Node } from './messages.js';

/** What a layer's nodes are written from beside the layer. */
export interface OperatorContext {
  /** The layer's name, which the names of its nodes and values start with. */
  readonly name: string;
  /** The value that flows into it. */
  readonly input: string;
  /** Its tensors, in their own order. */
  readonly parameters: readonly string[];
  readonly opset: number;
}

/** A layer in evaluation, the last node giving `outputOf` its name; no nodes where it does nothing then. */
type OperatorRule<Layer> = (layer: Layer, context: OperatorContext) => readonly Node[];

const RULES: { readonly [Type in SimpleLayerType]: OperatorRule<Extract<SimpleLayer, { type: Type }>> } = {
  avgPool2d(layer, context) {
    const { kernel, stride } = avgPool2dWindow(layer);
    return [node(context, 'AveragePool', { kernel_shape: { ints: kernel }, strides: { ints: stride } })];
  },
  batchNorm1d: (_layer, context) => [normalization(context)],
  batchNorm2d: (_layer, context) => [normalization(context)],
  conv2d(layer, context) {
    const { kernel, stride, padding } = conv2dWindow(layer);
    const [pads, group] = [{ ints: [...padding, ...padding] }, { int: layer.groups ?? 1 }];
    return [
      node(context, 'Conv', { kernel_shape: { ints: kernel }, strides: { ints: stride }, pads, group }),
    ];
  },
  dropout: () => [],
  flatten: (_layer, context) => [node(context, 'Flatten', { axis: { int: 1 } })],
  gelu: (_layer, context) =>
    context.opset >= FIRST_OPSET_WITH_GELU ? [node(context, 'Gelu')] : geluNodes(context),
  globalAvgPool2d: (_layer, context) => [node(context, 'GlobalAveragePool')],
  leakyRelu: (layer, context) => [node(context, 'LeakyRelu', { alpha: { float: slopeOf(layer) } })],
  linear: (_layer, context) => [node(context, 'Gemm', { transB: { int: 1 } })],
  maxPool2d(layer, context) {
    const { kernel, stride } = maxPool2dWindow(layer);
    return [node(context, 'MaxPool', { kernel_shape: { ints: kernel }, strides: { ints: stride } })];
  },
  relu: (_layer, context) => [node(context, 'Relu')],
  silu(_layer, context) {
    const logistic = inner(context, 'logistic', 'Sigmoid', [context.input]);
    return [logistic, product(context, context.input, logistic.output)];
  },
};

/** A layer in evaluation as nodes, of which the last gives `outputOf` its name; none where it does nothing then. */
export function nodesOf(layer: SimpleLayer, context: OperatorContext): readonly Node[] {
  // TypeScript cannot see that a layer and the entry of its own type belong together.
  const rule = RULES[layer.type] as OperatorRule<SimpleLayer>;
  return rule(layer, context);
}

/** What a layer's output is called. */
export function outputOf(name: string): string {
  return `${name}.output`;
}

function node({ name, input, parameters }: OperatorContext, type: string, attributes = {}): Node {
  return { name, type, inputs: [input, ...parameters], output: outputOf(name), attributes };
}

/** A node of its own: a reader finds the numbers of the `state_dict` again, and runtimes fold them by themselves. */
function normalization(context: OperatorContext): Node {
  return node(context, 'BatchNormalization', { epsilon: { float: BATCH_NORM_EPSILON } });
}

/** A node on the way to a layer's output. */
function inner(
  { name }: OperatorContext,
  part: string,
  type: string,
  inputs: readonly string[],
  attributes: Node['attributes'] = {},
): Node {
  return { name: `${name}.${part}`, type, inputs, output: `${name}.${part}.output`, attributes };
}

function product({ name }: OperatorContext, a: string, b: string): Node {
  return { name, type: 'Mul', inputs: [a, b], output: outputOf(name), attributes: {} };
}

const FIRST_OPSET_WITH_GELU = 20;

/** `x · (1/2 + erf(x · sqrt(1/2)) / 2)` */
function geluNodes(context: OperatorContext): readonly Node[] {
  const constant = (part: string, value: number) =>
    inner(context, part, 'Constant', [], { value_float: { float: value } });
  const [root, half] = [constant('root', Math.SQRT1_2), constant('half', 0.5)];
  const scaled = inner(context, 'scaled', 'Mul', [context.input, root.output]);
  const erf = inner(context, 'erf', 'Erf', [scaled.output]);
  const halved = inner(context, 'halved', 'Mul', [erf.output, half.output]);
  const share = inner(context, 'share', 'Add', [halved.output, half.output]);
  return [root, half, scaled, erf, halved, share, product(context, context.input, share.output)];
}
