import { maxPool2d, relu } from '../../layers/index.js';
import { convolution, head, residualBlock, separable, sequential } from './shared.js';
import type { Preset } from './preset.js';

/** A network of less than 10,000 parameters, most of which are in 1×1 convolutions. */
export const tinyCnn: Preset = {
  description:
    'less than 10,000 parameters: depthwise separable convolutions with 16 to 48 channels, three of them in residual blocks, for small grayscale images',
  defaults: { dropout: 0 },
  build: ({ classes }, { dropout }) => ({
    layers: [
      ...sequential('layer1', [
        ...convolution(16),
        relu(),
        ...separable(16, 32),
        relu(),
        maxPool2d({ kernel: 2 }),
      ]),
      ...sequential('layer2', [
        ...residualBlock(separable(32, 32)),
        ...residualBlock(separable(32, 32)),
        maxPool2d({ kernel: 2 }),
      ]),
      ...sequential('layer3', [...separable(32, 48), relu(), ...residualBlock(separable(48, 48))]),
      ...head(classes, dropout),
    ],
  }),
};
