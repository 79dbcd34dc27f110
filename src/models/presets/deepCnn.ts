import { type Layer, maxPool2d, relu } from '../../layers/index.js';
import type { Preset } from './preset.js';
import { convolution, dropoutOf, head, repeat, sequential } from './shared.js';

/** Three stages of convolutions, with a pooling layer after the first two, which dropout follows. */
function builder(pooledDropout: number): Preset['build'] {
  const pooled = (): Layer[] => [maxPool2d({ kernel: 2 }), ...dropoutOf(pooledDropout)];
  return ({ classes }, { width, depth, dropout }) => {
    const stage = (first: number, others: number) =>
      repeat(depth, (index) => [...convolution(width * (index === 0 ? first : others)), relu()]);
    return {
      layers: [
        ...sequential('layer1', [...stage(1, 2), ...pooled()]),
        ...sequential('layer2', [...stage(3, 3), ...pooled()]),
        ...sequential('layer3', stage(6, 6)),
        ...head(classes, dropout),
      ],
    };
  };
}

export const deepCnn = {
  description:
    'six 3×3 convolutions with 16 to 96 channels and batch normalization, for small grayscale images',
  defaults: { width: 16, depth: 2, dropout: 0 },
  build: builder(0),
} satisfies Preset;

export const deepCnnDropout = {
  description: 'deep-cnn with dropout of 20 % after each pooling layer and 30 % before the linear layer',
  defaults: { width: 16, depth: 2, dropout: 0.3 },
  build: builder(0.2),
} satisfies Preset;
