import { defineLayer } from './definition.js';
import {
  constantNode,
  intermediateNode,
  type OnnxContext,
  onnxNode,
  type OnnxNode,
  productNode,
} from './onnx.js';
import { planNonlinearity } from './shared/nonlinearity.js';

/** The first version of ONNX's operators with GELU. */
const MIN_GELU_OPSET = 20;

export const gelu = defineLayer('gelu', {
  fields: {},
  description:
    'Gaussian error linear unit: `x · Φ(x)`, where `Φ` is the standard normal cumulative distribution function, without the ' +
    'tanh approximation. Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.',
  inferOutput: (_layer, input) => input,
  plan: (_layer, context) => planNonlinearity(context, { kind: 'gelu' }),
  torchModule: () => 'nn.GELU()',
});

export const title = () => 'GELU';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return context.opset >= MIN_GELU_OPSET ? [onnxNode(context, 'Gelu')] : nodesOfOlderOpsets(context);
}

/** `x · (1/2 + erf(x · sqrt(1/2)) / 2)` */
function nodesOfOlderOpsets(context: OnnxContext): readonly OnnxNode[] {
  const [root, half] = [constantNode(context, 'root', Math.SQRT1_2), constantNode(context, 'half', 0.5)];
  const scaled = intermediateNode(context, 'scaled', 'Mul', [context.input, root.output]);
  const erf = intermediateNode(context, 'erf', 'Erf', [scaled.output]);
  const halved = intermediateNode(context, 'halved', 'Mul', [erf.output, half.output]);
  const share = intermediateNode(context, 'share', 'Add', [halved.output, half.output]);
  return [root, half, scaled, erf, halved, share, productNode(context, context.input, share.output)];
}
