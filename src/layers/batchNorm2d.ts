import { defineLayer } from './definition.js';
import { batchNorm, torchArguments } from './shared/batchNorm.js';
import { BATCH_NORM_MOMENTUM } from './shared/batchNormPlan.js';
import { imageShape } from './shared/window.js';

export const batchNorm2d = defineLayer('batchNorm2d', {
  ...batchNorm,
  description:
    'Normalizes each channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned parameters; in ' +
    `evaluation, uses running statistics. As in PyTorch, the momentum of the running statistics is ${BATCH_NORM_MOMENTUM}. Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015.`,

  inferOutput(_layer, input, who) {
    imageShape(input.shape, who);
    return input;
  },

  torchModule: (layer, { shape }) => `nn.BatchNorm2d(${torchArguments(layer, shape)})`,
});

export const title = () => 'Batch normalization';

export { onnxNodes } from './shared/batchNorm.js';
