import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { planAveragePooling } from './shared/averagePooling.js';
import { formatSides, pooledShape, poolingFields, poolingWindow, pythonTuple } from './shared/window.js';

export const avgPool2d = defineLayer('avgPool2d', {
  fields: poolingFields,
  description: 'Mean of each window; drops rows and columns that do not fill a window.',
  inferOutput: (layer, input, who) => ({ shape: pooledShape(input.shape, poolingWindow(layer), who) }),
  plan: (layer, context) => planAveragePooling(context, poolingWindow(layer)),

  torchModule(layer) {
    const { kernel, stride } = poolingWindow(layer);
    return `nn.AvgPool2d(kernel_size=${pythonTuple(kernel)}, stride=${pythonTuple(stride)})`;
  },
});

export function title({ kernel }: ReturnType<typeof avgPool2d>): string {
  return `Average pooling ${formatSides(kernel)}`;
}

export function onnxNodes(layer: ReturnType<typeof avgPool2d>, context: OnnxContext): readonly OnnxNode[] {
  const { kernel, stride } = poolingWindow(layer);
  return [onnxNode(context, 'AveragePool', { kernel_shape: { ints: kernel }, strides: { ints: stride } })];
}
