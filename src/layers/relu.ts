import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { reluOf } from './shared/relu.js';

export const relu = defineLayer('relu', {
  ...reluOf(Infinity),
  description: 'Rectified linear unit: `max(0, x)`.',
  torchModule: () => 'nn.ReLU()',
});

export const title = () => 'ReLU';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'Relu')];
}
