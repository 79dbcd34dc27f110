import type { Shape } from '#inkling/core/shape.js';
import {
  conv2d,
  definitionOf,
  flatten,
  type Layer,
  linear,
  relu,
  residual,
  type SimpleLayer,
} from '#inkling/layers/index.js';

/** A layer, and its equivalents in PyTorch and ONNX. `NAME.cases.ts` contains the cases of layer type NAME. */
export interface LayerCase {
  readonly layer: SimpleLayer;
  /** The shape of its input; all sizes should differ, to detect confused axes. */
  readonly input: Shape;
  readonly torchModule: string;
  /** The types of its nodes in the latest supported ONNX opset. */
  readonly onnxNodes: readonly string[];
}

export const CLASSES = 3;

/** A network that contains the layer. */
export interface Surroundings {
  readonly name: string;
  readonly imageShape: Shape;
  readonly layers: readonly Layer[];
}

/** Networks with the layer in every context that its plan must handle, between trained layers. */
export function surroundingsOf({ layer, input }: LayerCase): Surroundings[] {
  const [height, width, channels] = input.length === 3 ? input : [2, 2, 2];
  const isImage = input.length === 3;
  const before = isImage
    ? [conv2d({ name: 'before', outChannels: channels, kernel: 1 })]
    : [flatten(), linear({ name: 'before', outFeatures: input[0] })];
  const after = [flatten(), linear({ name: 'head', outFeatures: CLASSES })];
  const network = (name: string, layers: readonly Layer[]) => ({
    name,
    imageShape: [height, width, 2],
    layers: [...layers, ...after],
  });
  const convolution = conv2d({ name: 'before', outChannels: channels, kernel: 3, padding: 1 });
  const gives = definitionOf(layer).inferOutput(layer, { shape: input }, layer.type).shape;
  return [
    network('alone', [...before, layer]),
    network('after a layer whose backward pass reads the input', [...before, relu(), layer]),
    network('in two branches that share the input', [
      ...before,
      residual({ layers: [layer], shortcut: [{ ...layer, name: 'other' }] }),
    ]),
    ...(isImage && gives.length === 3
      ? [
          network('between convolutions with padding', [
            convolution,
            layer,
            conv2d({ outChannels: 2, kernel: 3, padding: 1 }),
          ]),
        ]
      : []),
  ];
}
