import { avgPool2d, conv2d, flatten, type Layer, linear, maxPool2d, relu } from '../../layers/index.js';
import { deepCnn, deepCnnDropout } from './deepCnn.js';
import type { Preset } from './preset.js';
import { reportCnn, reportCnnDropout } from './reportCnn.js';
import { convolution, dropoutOf, head, repeat, residualBlock, sequential } from './shared.js';
import { tinyCnn } from './tinyCnn.js';

/** A hidden layer; the first one has no number. */
function hiddenLayer(index: number, units: number, dropout: number): Layer[] {
  const number = index === 0 ? '' : String(index + 1);
  return [
    linear({ name: `hidden${number}`, outFeatures: units }),
    relu({ name: `relu${number}` }),
    ...dropoutOf(dropout, `dropout${number}`),
  ];
}

/** Networks that two cores can train. */
export const smallPresets = {
  'report-cnn': reportCnn,
  'report-cnn-dropout': reportCnnDropout,
  mlp: {
    description: 'the MLP that the report compares it with: one hidden layer of 64 units',
    defaults: { width: 64, depth: 1, dropout: 0 },
    build: ({ classes }, { width, depth, dropout }) => ({
      layers: [
        flatten({ name: 'flatten' }),
        ...repeat(depth, (index) => hiddenLayer(index, width, dropout)),
        linear({ name: 'fc', outFeatures: classes }),
      ],
    }),
  },
  lenet5: {
    description: 'LeNet-5 (1998) with ReLU: two 5×5 convolutions and three linear layers',
    build: ({ input: [height, width], classes }) => ({
      layers: [
        // It was designed for 32×32 images; smaller ones are padded to that size.
        conv2d({ name: 'conv1', outChannels: 6, kernel: 5, padding: Math.min(height, width) < 32 ? 2 : 0 }),
        relu({ name: 'relu1' }),
        avgPool2d({ name: 'pool1', kernel: 2 }),
        conv2d({ name: 'conv2', outChannels: 16, kernel: 5 }),
        relu({ name: 'relu2' }),
        avgPool2d({ name: 'pool2', kernel: 2 }),
        flatten({ name: 'flatten' }),
        linear({ name: 'fc1', outFeatures: 120 }),
        relu({ name: 'relu3' }),
        linear({ name: 'fc2', outFeatures: 84 }),
        relu({ name: 'relu4' }),
        linear({ name: 'fc3', outFeatures: classes }),
      ],
    }),
  },
  'deep-cnn': deepCnn,
  'deep-cnn-dropout': deepCnnDropout,
  'resnet-small': {
    description:
      'ten 3×3 convolutions with 16 to 128 channels, six of them in residual blocks, for small color images',
    defaults: { width: 16, depth: 1, dropout: 0 },
    build: ({ classes }, { width, depth, dropout }) => ({
      layers: [
        ...sequential('stem', [...convolution(width), relu()]),
        ...repeat(3, (index) => {
          const channels = width * 2 ** (index + 1);
          return sequential(`layer${String(index + 1)}`, [
            ...convolution(channels),
            relu(),
            maxPool2d({ kernel: 2 }),
            ...repeat(depth, () =>
              residualBlock([...convolution(channels), relu(), ...convolution(channels)]),
            ),
          ]);
        }),
        ...head(classes, dropout),
      ],
    }),
  },
  'small-cnn': {
    description:
      'three blocks of 3×3 convolution, batch normalization, ReLU, and max pooling, with 16 to 64 channels, then a linear layer, for small grayscale images',
    defaults: { width: 16, depth: 3, dropout: 0 },
    build: ({ classes }, { width, depth, dropout }) => ({
      layers: [
        ...repeat(depth, (index) =>
          sequential(`layer${String(index + 1)}`, [
            ...convolution(width * 2 ** index),
            relu(),
            maxPool2d({ kernel: 2 }),
          ]),
        ),
        flatten({ name: 'flatten' }),
        ...dropoutOf(dropout, 'dropout'),
        linear({ name: 'fc', outFeatures: classes }),
      ],
    }),
  },
  'tiny-cnn': tinyCnn,
} satisfies Readonly<Record<string, Preset>>;
