import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { planAveragePooling } from './shared/averagePooling.js';
import { imageShape } from './shared/window.js';

export const globalAvgPool2d = defineLayer('globalAvgPool2d', {
  fields: {},
  description: 'Mean of each channel: an image of one pixel, whatever the size of the input.',
  inferOutput: (_layer, input, who) => ({ shape: [1, 1, imageShape(input.shape, who)[2]] }),

  plan(_layer, context) {
    const [height, width] = context.input.shape;
    return planAveragePooling(context, { kernel: [height, width], stride: [height, width] });
  },

  torchModule: () => 'nn.AdaptiveAvgPool2d(1)',
});

export const title = () => 'Global average pooling';

export function onnxNodes(_layer: unknown, context: OnnxContext): readonly OnnxNode[] {
  return [onnxNode(context, 'GlobalAveragePool')];
}
