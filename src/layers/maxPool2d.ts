import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { formatSides, pooledShape, poolingFields, poolingWindow, pythonTuple } from './window.js';

export const maxPool2d = defineLayer('maxPool2d', {
  fields: poolingFields,
  description: 'Maximum of each window; drops rows and columns that do not fill a window.',
  inferOutput: (layer, input, who) => ({ shape: pooledShape(input.shape, poolingWindow(layer), who) }),

  plan(layer, { builder, name, input, ...context }) {
    const window = poolingWindow(layer);
    const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
    builder.add({ op: 'maxPool2d', reads: { input }, writes: { output }, ...window });
    return {
      output,
      backward(outputGrad) {
        const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
        builder.add({ op: 'maxPool2dGrad', reads: { input, outputGrad }, writes: { inputGrad }, ...window });
        return inputGrad;
      },
    };
  },

  torchModule(layer) {
    const { kernel, stride } = poolingWindow(layer);
    return `nn.MaxPool2d(kernel_size=${pythonTuple(kernel)}, stride=${pythonTuple(stride)})`;
  },
});

export function title({ kernel }: ReturnType<typeof maxPool2d>): string {
  return `Max pooling ${formatSides(kernel)}`;
}

export function onnxNodes(layer: ReturnType<typeof maxPool2d>, context: OnnxContext): readonly OnnxNode[] {
  const { kernel, stride } = poolingWindow(layer);
  return [onnxNode(context, 'MaxPool', { kernel_shape: { ints: kernel }, strides: { ints: stride } })];
}
