import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { planNonlinearity } from './shared/nonlinearity.js';

export const sigmoid = defineLayer('sigmoid', {
  fields: {},
  description: 'Logistic function: `1 / (1 + exp(-x))`.',
  inferOutput: (_layer, input) => input,
  plan: (_layer, context) => planNonlinearity(context, { kind: 'sigmoid' }),
  torchModule: () => 'nn.Sigmoid()',
});

export const title = () => 'Sigmoid';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'Sigmoid')];
}
