import { defineLayer } from './definition.js';
import { intermediateNode, type OnnxContext, type OnnxNode, productNode } from './onnx.js';
import { planNonlinearity } from './shared/nonlinearity.js';

export const silu = defineLayer('silu', {
  fields: {},
  description:
    'Sigmoid linear unit, also called swish: `x / (1 + exp(-x))`. Source: Hendrycks and Gimpel, "Gaussian Error Linear ' +
    'Units", 2016.',
  inferOutput: (_layer, input) => input,
  plan: (_layer, context) => planNonlinearity(context, { kind: 'silu' }),
  torchModule: () => 'nn.SiLU()',
});

export const title = () => 'SiLU';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  const logistic = intermediateNode(context, 'logistic', 'Sigmoid', [context.input]);
  return [logistic, productNode(context, context.input, logistic.output)];
}
