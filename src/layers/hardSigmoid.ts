import { defineLayer } from './definition.js';
import { HARD_SIGMOID, type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { planNonlinearity } from './shared/nonlinearity.js';

export const hardSigmoid = defineLayer('hardSigmoid', {
  fields: {},
  description:
    'Piecewise linear approximation of `sigmoid`: `x / 6 + 1/2`, limited to 0 and 1. Source: Howard et al., "Searching for ' +
    'MobileNetV3", ICCV 2019.',
  inferOutput: (_layer, input) => input,
  plan: (_layer, context) => planNonlinearity(context, { kind: 'hardSigmoid' }),
  torchModule: () => 'nn.Hardsigmoid()',
});

export const title = () => 'Hard sigmoid';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'HardSigmoid', HARD_SIGMOID)];
}
