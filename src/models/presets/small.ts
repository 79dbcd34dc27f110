import {
  avgPool2d,
  conv2d,
  flatten,
  type Layer,
  linear,
  maxPool2d,
  relu,
  residual,
} from '../../layers/index.js';
import { deepCnn, deepCnnDropout } from './deepCnn.js';
import type { Preset } from './preset.js';
import { reportCnn, reportCnnDropout } from './reportCnn.js';
import { convolution, dropoutOf, head, repeat, sequential } from './shared.js';

/** A hidden layer; the first one has no number. */
function hiddenLayer(index: number, units: number, dropout: number): Layer[] {
  const number = index === 0 ? '' : String(index + 1);
  return [
    linear({ name: `hidden${number}`, outFeatures: units }),
    relu({ name: `relu${number}` }),
    ...dropoutOf(dropout, `dropout${number}`),
  ];
}

/** Two convolutions whose output is added to their input. */
function residualBlock(channels: number): Layer[] {
  return [residual({ layers: [...convolution(channels), relu(), ...convolution(channels)] }), relu()];
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
            ...repeat(depth, () => residualBlock(channels)),
          ]);
        }),
        ...head(classes, dropout),
      ],
    }),
  },
} satisfies Readonly<Record<string, Preset>>;
