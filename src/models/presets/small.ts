import {
  avgPool2d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  globalAvgPool2d,
  type Layer,
  linear,
  maxPool2d,
  relu,
  residual,
} from '../../layers/index.js';
import type { Preset } from './preset.js';

/** Layers named as PyTorch names them in an `nn.Sequential`. */
function sequential(name: string, layers: readonly Layer[]): Layer[] {
  return layers.map((layer, index) => ({ ...layer, name: `${name}.${String(index)}` }));
}

/** A convolution block of the report. */
function block(name: string, outChannels: number): Layer[] {
  return sequential(name, [
    conv2d({ outChannels, kernel: 3, padding: 2 }),
    batchNorm2d(),
    relu(),
    maxPool2d({ kernel: 2 }),
  ]);
}

/** A 3×3 convolution that keeps the image's size, and batch normalization, which makes a bias redundant. */
function convolution(outChannels: number): Layer[] {
  return [conv2d({ outChannels, kernel: 3, padding: 1, bias: false }), batchNorm2d()];
}

/** Two convolutions whose output is added to their input. */
function residualBlock(channels: number): Layer[] {
  return [residual({ layers: [...convolution(channels), relu(), ...convolution(channels)] }), relu()];
}

/** Six convolutions with two pooling layers; `pooled` follows each pooling layer. */
function deep(pooled: readonly Layer[] = []): Layer[] {
  const pair = (channels: readonly number[]) => channels.flatMap((each) => [...convolution(each), relu()]);
  return [
    ...sequential('layer1', [...pair([16, 32]), maxPool2d({ kernel: 2 }), ...pooled]),
    ...sequential('layer2', [...pair([48, 48]), maxPool2d({ kernel: 2 }), ...pooled]),
    ...sequential('layer3', pair([96, 96])),
  ];
}

/** Global average pooling, `last`, and a linear layer: for images of any size. */
function head(classes: number, last: readonly Layer[] = []): Layer[] {
  return [
    globalAvgPool2d({ name: 'pool' }),
    flatten({ name: 'flatten' }),
    ...last,
    linear({ name: 'fc', outFeatures: classes }),
  ];
}

/** Networks that two cores can train. */
export const smallPresets = {
  'report-cnn': {
    description:
      "the report's CNN: two blocks of convolution, batch normalization, ReLU, and max pooling, then a linear layer",
    build: ({ classes }) => ({
      layers: [
        ...block('layer1', 16),
        ...block('layer2', 32),
        flatten({ name: 'flatten' }),
        linear({ name: 'fc', outFeatures: classes }),
      ],
      probesWithZeros: true,
    }),
  },
  'report-cnn-dropout': {
    description: "the report's CNN with dropout of 50 % before the linear layer",
    build: ({ classes }) => ({
      layers: [
        ...block('layer1', 16),
        ...block('layer2', 32),
        flatten({ name: 'flatten' }),
        dropout({ name: 'dropout', probability: 0.5 }),
        linear({ name: 'fc', outFeatures: classes }),
      ],
      probesWithZeros: true,
    }),
  },
  mlp: {
    description: 'the MLP that the report compares it with: one hidden layer of 64 units',
    build: ({ classes }) => ({
      layers: [
        flatten({ name: 'flatten' }),
        linear({ name: 'hidden', outFeatures: 64 }),
        relu({ name: 'relu' }),
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
  'deep-cnn': {
    description:
      'six 3×3 convolutions with 16 to 96 channels and batch normalization, for small grayscale images',
    build: ({ classes }) => ({ layers: [...deep(), ...head(classes)] }),
  },
  'deep-cnn-dropout': {
    description: 'deep-cnn with dropout of 20 % after each pooling layer and 30 % before the linear layer',
    build: ({ classes }) => ({
      layers: [
        ...deep([dropout({ probability: 0.2 })]),
        ...head(classes, [dropout({ name: 'dropout', probability: 0.3 })]),
      ],
    }),
  },
  'resnet-small': {
    description:
      'ten 3×3 convolutions with 16 to 128 channels, six of them in residual blocks, for small color images',
    build: ({ classes }) => ({
      layers: [
        ...sequential('stem', [...convolution(16), relu()]),
        ...[32, 64, 128].flatMap((channels, index) =>
          sequential(`layer${String(index + 1)}`, [
            ...convolution(channels),
            relu(),
            maxPool2d({ kernel: 2 }),
            ...residualBlock(channels),
          ]),
        ),
        ...head(classes),
      ],
    }),
  },
} satisfies Readonly<Record<string, Preset>>;
