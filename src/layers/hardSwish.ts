import { defineLayer } from './definition.js';
import {
  HARD_SIGMOID,
  intermediateNode,
  type OnnxContext,
  onnxNode,
  type OnnxNode,
  productNode,
} from './onnx.js';
import { planNonlinearity } from './shared/nonlinearity.js';

/** The first version of ONNX's operators with hard swish. */
const MIN_HARD_SWISH_OPSET = 14;

export const hardSwish = defineLayer('hardSwish', {
  fields: {},
  description:
    'Piecewise approximation of `silu`: `x` times its `hardSigmoid`. Source: Howard et al., "Searching for MobileNetV3", ICCV 2019.',
  inferOutput: (_layer, input) => input,
  plan: (_layer, context) => planNonlinearity(context, { kind: 'hardSwish' }),
  torchModule: () => 'nn.Hardswish()',
});

export const title = () => 'Hard swish';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  if (context.opset >= MIN_HARD_SWISH_OPSET) return [onnxNode(context, 'HardSwish')];
  const share = intermediateNode(context, 'share', 'HardSigmoid', [context.input], HARD_SIGMOID);
  return [share, productNode(context, context.input, share.output)];
}
