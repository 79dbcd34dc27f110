import { defineLayer } from './definition.js';
import { outputInPlace, sameHalo } from './layer.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';

export const relu = defineLayer('relu', {
  fields: {},
  description: 'Rectified linear unit: `max(0, x)`.',
  inferOutput: (_layer, input) => input,
  inPlace: true,
  backwardReadsOutput: true,
  inputHalo: sameHalo,
  outputGradHalo: sameHalo,

  plan(_layer, context) {
    const { builder, input } = context;
    const output = outputInPlace(context);
    builder.add({ op: 'relu', reads: { input }, writes: { output } });
    return {
      output,
      backward(outputGrad) {
        const reads = { output, outputGrad };
        builder.add({ op: 'reluGrad', reads, writes: { inputGrad: outputGrad } });
        return outputGrad;
      },
    };
  },

  torchModule: () => 'nn.ReLU()',
});

export const title = () => 'ReLU';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'Relu')];
}
