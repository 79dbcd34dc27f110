import { defineLayer } from './definition.js';
import { intermediateNode, productNode } from './onnx.js';
import { planNonlinearity } from './shared/nonlinearity.js';

export const silu = defineLayer('silu', {
  fields: {},
  description:
    'Sigmoid linear unit, also called swish: `x / (1 + exp(-x))`. Source: Hendrycks and Gimpel, "Gaussian Error Linear ' +
    'Units", 2016.',
  inferOutput: (_layer, input) => input,
  plan: (_layer, context) => planNonlinearity(context, { kind: 'silu' }),
  torchModule: () => 'nn.SiLU()',

  onnxNodes(_layer, context) {
    const logistic = intermediateNode(context, 'logistic', 'Sigmoid', [context.input]);
    return [logistic, productNode(context, context.input, logistic.output)];
  },
});

export const title = () => 'SiLU';
