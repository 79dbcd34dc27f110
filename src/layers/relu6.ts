import { defineLayer } from './definition.js';
import { constantNode, type OnnxContext, type OnnxNode, onnxOutput } from './onnx.js';
import { reluOf } from './shared/relu.js';

const MAXIMUM = 6;

export const relu6 = defineLayer('relu6', {
  ...reluOf(MAXIMUM),
  description:
    'ReLU with an upper bound: `min(max(0, x), 6)`. Source: Krizhevsky, "Convolutional Deep Belief Networks on CIFAR-10", 2010.',
  torchModule: () => 'nn.ReLU6()',
});

export const title = () => 'ReLU6';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  const { name, input } = context;
  const [minimum, maximum] = [constantNode(context, 'minimum', 0), constantNode(context, 'maximum', MAXIMUM)];
  const inputs = [input, minimum.output, maximum.output];
  return [minimum, maximum, { name, type: 'Clip', inputs, output: onnxOutput(name), attributes: {} }];
}
