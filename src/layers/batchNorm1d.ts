import { InklingError } from '../core/errors.js';
import { formatShape } from '../core/shape.js';
import { defineLayer } from './definition.js';
import { batchNorm, torchArguments } from './shared/batchNorm.js';

export const batchNorm1d = defineLayer('batchNorm1d', {
  ...batchNorm,
  description: '`batchNorm2d` for vectors: each element is a channel.',

  inferOutput(_layer, input, who) {
    if (input.shape.length === 1) return input;
    throw new InklingError(
      `${who}: expected a vector, got an image of ${formatShape(input.shape)}; use batchNorm2d, or add a flatten layer ` +
        'before it',
    );
  },

  torchModule: (layer, { shape }) => `nn.BatchNorm1d(${torchArguments(layer, shape)})`,
});

export const title = () => 'Batch normalization';

export { onnxNodes } from './shared/batchNorm.js';
