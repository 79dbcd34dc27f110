import { BATCH_NORM_EPSILON } from '../../layers/batchNorm2d.js';
import { conv2dWindow } from '../../layers/conv2d.js';
import type { Layer, LayerType } from '../../layers/index.js';
import { maxPool2dWindow } from '../../layers/maxPool2d.js';
import type { Node } from './messages.js';

/** What a layer is in ONNX. Its inputs are the layer's, then the layer's parameters in their own order. */
export type Operator = Pick<Node, 'type' | 'attributes'>;

interface OperatorRule<Layer> {
  /** The layer's operator in evaluation; none where it does nothing then. */
  operatorOf(layer: Layer): Operator | undefined;
}

const RULES: { readonly [Type in LayerType]: OperatorRule<Extract<Layer, { type: Type }>> } = {
  // A node of its own: a reader finds the numbers of the `state_dict` again, and runtimes fold them by themselves.
  batchNorm2d: {
    operatorOf: () => ({
      type: 'BatchNormalization',
      attributes: { epsilon: { float: BATCH_NORM_EPSILON } },
    }),
  },
  conv2d: {
    operatorOf(layer) {
      const { kernel, stride, padding } = conv2dWindow(layer);
      const pads = { ints: [...padding, ...padding] };
      return {
        type: 'Conv',
        attributes: { kernel_shape: { ints: kernel }, strides: { ints: stride }, pads },
      };
    },
  },
  dropout: { operatorOf: () => undefined },
  flatten: { operatorOf: () => ({ type: 'Flatten', attributes: { axis: { int: 1 } } }) },
  linear: { operatorOf: () => ({ type: 'Gemm', attributes: { transB: { int: 1 } } }) },
  maxPool2d: {
    operatorOf(layer) {
      const { kernel, stride } = maxPool2dWindow(layer);
      return { type: 'MaxPool', attributes: { kernel_shape: { ints: kernel }, strides: { ints: stride } } };
    },
  },
  relu: { operatorOf: () => ({ type: 'Relu', attributes: {} }) },
};

/** What a layer is in ONNX, in evaluation; nothing where it does nothing then. */
export function operatorOf(layer: Layer): Operator | undefined {
  const rule: OperatorRule<Layer> = RULES[layer.type];
  return rule.operatorOf(layer);
}
