import { describe, expect, it } from 'vitest';
import type { Shape } from '#inkling/core/shape.js';
import {
  avgPool2d,
  batchNorm1d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  gelu,
  globalAvgPool2d,
  hardSigmoid,
  hardSwish,
  type Layer,
  leakyRelu,
  linear,
  maxPool2d,
  normalize,
  relu,
  relu6,
  residual,
  sigmoid,
  silu,
  squeezeExcitation,
} from '#inkling/layers/index.js';
import { planNetwork } from '../../helpers/network.js';
import { expectNetworkGradients, IMAGES, startNetwork } from '../../helpers/networkGradients.js';

const CLASSES = 4;

const NETWORKS: Record<string, { imageShape: Shape; layers: Layer[] }> = {
  'fused batchNorm2d, relu and maxPool2d, with a row and a column left over': {
    imageShape: [5, 7, 1],
    layers: [
      batchNorm2d(),
      conv2d({ outChannels: 4, kernel: 3, padding: 1 }),
      batchNorm2d(),
      relu(),
      maxPool2d({ kernel: 2 }),
      conv2d({ outChannels: 4, kernel: 2, padding: 1 }),
      batchNorm2d(),
      relu(),
      maxPool2d({ kernel: 2 }),
      flatten(),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'conv2d, batchNorm2d, relu, maxPool2d, flatten, dropout, linear': {
    imageShape: [6, 5, 1],
    layers: [
      conv2d({ outChannels: 3, kernel: 3, padding: 1 }),
      batchNorm2d(),
      relu(),
      maxPool2d({ kernel: 2 }),
      flatten(),
      dropout({ probability: 0.3 }),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'convolutions after relu and dropout, with different halos': {
    imageShape: [5, 6, 2],
    layers: [
      conv2d({ outChannels: 3, kernel: [3, 2], padding: [0, 1] }),
      relu(),
      dropout({ probability: 0.4 }),
      conv2d({ outChannels: 2, kernel: [2, 3], padding: [2, 1] }),
      dropout({ probability: 0.2 }),
      relu(),
      conv2d({ outChannels: 3, kernel: 3, stride: [2, 1], padding: 1 }),
      relu(),
      flatten(),
      linear({ outFeatures: 5 }),
      relu(),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'batchNorm2d first, overlapping pools, a stride larger than the kernel': {
    imageShape: [7, 7, 2],
    layers: [
      batchNorm2d(),
      maxPool2d({ kernel: [3, 2], stride: 1 }),
      batchNorm2d(),
      conv2d({ outChannels: 3, kernel: 2, stride: [3, 2], padding: [1, 0] }),
      batchNorm2d(),
      maxPool2d({ kernel: [1, 2] }),
      conv2d({ outChannels: CLASSES, kernel: [2, 1] }),
      flatten(),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'residuals with identity and convolutional shortcuts, with different halos': {
    imageShape: [5, 6, 2],
    layers: [
      conv2d({ outChannels: 3, kernel: 3, padding: 1, bias: false }),
      residual({
        layers: [
          conv2d({ outChannels: 3, kernel: 3, padding: 1, bias: false }),
          batchNorm2d(),
          relu(),
          conv2d({ outChannels: 3, kernel: 3, padding: 1, bias: false }),
          batchNorm2d(),
        ],
      }),
      relu(),
      residual({
        layers: [conv2d({ outChannels: 4, kernel: [3, 1], stride: 2, padding: [1, 0] }), batchNorm2d()],
        shortcut: [conv2d({ outChannels: 4, kernel: 1, stride: 2, bias: false }), batchNorm2d()],
      }),
      relu(),
      residual({
        layers: [conv2d({ outChannels: 4, kernel: 3, padding: 1 })],
        shortcut: [conv2d({ outChannels: 4, kernel: 5, padding: 2 })],
      }),
      globalAvgPool2d(),
      flatten(),
      linear({ outFeatures: CLASSES, bias: false }),
    ],
  },
  'residuals whose branches begin and end with in-place layers': {
    imageShape: [4, 4, 1],
    layers: [
      conv2d({ outChannels: 3, kernel: 3, padding: 1 }),
      residual({
        layers: [relu(), conv2d({ outChannels: 3, kernel: 3, padding: 1 }), dropout({ probability: 0.3 })],
      }),
      residual({
        layers: [dropout({ probability: 0.4 })],
        shortcut: [relu(), dropout({ probability: 0.2 })],
      }),
      residual({
        layers: [
          residual({
            layers: [
              conv2d({ outChannels: 3, kernel: 2, padding: [1, 1] }),
              maxPool2d({ kernel: 2, stride: 1 }),
              relu(),
            ],
          }),
        ],
        shortcut: [residual({ layers: [relu()] })],
      }),
      residual({ layers: [residual({ layers: [relu()], shortcut: [relu()] })] }),
      residual({
        layers: [conv2d({ outChannels: 2, kernel: 3, padding: 1 }), relu(), flatten()],
        shortcut: [flatten(), relu(), linear({ outFeatures: 32 })],
      }),
      residual({ layers: [linear({ outFeatures: 32 }), relu()] }),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'squeeze and excitation, alone, in a residual, around one, and with branches that begin and end with in-place layers':
    {
      imageShape: [5, 4, 2],
      layers: [
        conv2d({ outChannels: 3, kernel: 3, padding: 1 }),
        batchNorm2d(),
        relu(),
        squeezeExcitation({
          layers: [
            globalAvgPool2d(),
            conv2d({ outChannels: 2, kernel: 1 }),
            relu(),
            conv2d({ outChannels: 3, kernel: 1 }),
            hardSigmoid(),
          ],
        }),
        residual({
          layers: [
            conv2d({ outChannels: 3, kernel: 3, padding: 1, groups: 3, bias: false }),
            hardSwish(),
            squeezeExcitation({
              layers: [
                residual({ layers: [conv2d({ outChannels: 3, kernel: 1 })] }),
                globalAvgPool2d(),
                dropout({ probability: 0.3 }),
              ],
            }),
          ],
        }),
        squeezeExcitation({ layers: [dropout({ probability: 0.2 }), globalAvgPool2d(), sigmoid(), relu()] }),
        conv2d({ outChannels: 2, kernel: [5, 4] }),
        squeezeExcitation({ layers: [relu()] }),
        flatten(),
        linear({ outFeatures: CLASSES }),
      ],
    },
  'squeeze and excitation of the image, whose gradient is not needed': {
    imageShape: [3, 4, 2],
    layers: [
      squeezeExcitation({ layers: [globalAvgPool2d(), conv2d({ outChannels: 2, kernel: 1 }), sigmoid()] }),
      flatten(),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'average pooling, and nonlinearities whose gradients need the input': {
    imageShape: [6, 7, 2],
    layers: [
      conv2d({ outChannels: 3, kernel: 3, padding: 1 }),
      leakyRelu({ slope: 0.2 }),
      avgPool2d({ kernel: [3, 2], stride: [1, 2] }),
      silu(),
      conv2d({ outChannels: 5, kernel: 3, padding: 1 }),
      gelu(),
      residual({ layers: [gelu(), conv2d({ outChannels: 5, kernel: 1 }), leakyRelu()] }),
      avgPool2d({ kernel: 2 }),
      flatten(),
      linear({ outFeatures: 6, bias: false }),
      silu(),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'grouped and depthwise convolutions, and batch normalization of vectors': {
    imageShape: [6, 5, 2],
    layers: [
      conv2d({ outChannels: 4, kernel: 3, padding: 1, groups: 2 }),
      conv2d({ outChannels: 4, kernel: [3, 2], stride: [2, 1], padding: [1, 0], groups: 4, bias: false }),
      relu(),
      conv2d({ outChannels: 6, kernel: 2, padding: 1, stride: 2, groups: 2, bias: false }),
      conv2d({ outChannels: 12, kernel: 1, groups: 6 }),
      flatten(),
      batchNorm1d(),
      linear({ outFeatures: 5, bias: false }),
      batchNorm1d(),
      relu(),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'inverted residuals with relu6, asymmetric padding, and another epsilon': {
    imageShape: [6, 5, 2],
    layers: [
      normalize({ mean: [0.4, -0.2], deviation: [0.1, 0.3] }),
      conv2d({ outChannels: 3, kernel: 3, stride: 2, padding: 'same', bias: false }),
      batchNorm2d({ epsilon: 0.1 }),
      relu6(),
      normalize({ mean: [1, 0, 0.5], deviation: [2, 0.5, 1] }),
      relu6(),
      residual({
        layers: [
          conv2d({ outChannels: 4, kernel: 1, bias: false }),
          batchNorm2d({ epsilon: 0.1 }),
          relu6(),
          conv2d({ outChannels: 4, kernel: [2, 4], padding: 'same', groups: 4, bias: false }),
          batchNorm2d({ epsilon: 0.1 }),
          relu6(),
          conv2d({ outChannels: 3, kernel: 2, padding: 'same', bias: false }),
          batchNorm2d({ epsilon: 0.1 }),
        ],
      }),
      globalAvgPool2d(),
      flatten(),
      linear({ outFeatures: CLASSES }),
    ],
  },
  'a linear layer after layers without parameters': {
    imageShape: [4, 4, 1],
    layers: [
      dropout({ probability: 0.1 }),
      maxPool2d({ kernel: 2 }),
      relu(),
      flatten(),
      linear({ outFeatures: CLASSES }),
    ],
  },
};

describe('a planned network', () => {
  it.each(Object.entries(NETWORKS))('gradients match finite differences: %s', (_name, network) => {
    expectNetworkGradients(network);
  });

  it('passes gradients through frozen squeeze and excitation', () => {
    const convolution = conv2d({ outChannels: 2, kernel: 1 });
    const block = squeezeExcitation({ layers: [globalAvgPool2d(), convolution, sigmoid()] });
    expectNetworkGradients({
      imageShape: [3, 4, 2],
      layers: [convolution, block, flatten(), linear({ outFeatures: CLASSES })],
      isTrained: (name) => !name.startsWith('1.'),
    });
  });

  it('skips dropout and uses the running statistics in evaluation', () => {
    const shared = { imageShape: [4, 3, 1], imageCount: IMAGES, batchSize: 5, mode: 'evaluation' } as const;
    const convolution = conv2d({ outChannels: 2, kernel: 3, padding: 1 });
    const rest = [relu(), flatten(), linear({ outFeatures: CLASSES })];
    const dropped = [relu(), dropout({ probability: 0.5 }), flatten(), linear({ outFeatures: CLASSES })];
    const normalized = planNetwork({ ...shared, layers: [convolution, batchNorm2d(), ...dropped] });
    const folded = planNetwork({ ...shared, layers: [convolution, ...rest] });
    const run = startNetwork(normalized);
    const foldedRun = startNetwork(folded);
    const valuesOf = (name: string) => {
      const tensor = normalized.parameters.get(name);
      if (tensor === undefined) throw new Error(`no parameter ${name}`);
      return run.get(tensor);
    };
    const [gamma, beta, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map((name) =>
      valuesOf(`1.${name}`),
    );
    const factors = gamma.map((value, c) => value / Math.sqrt(variance[c] + 1e-5));
    const values = new Map([
      ['0.weight', valuesOf('0.weight').map((value, index) => value * factors[index % 2])],
      ['0.bias', valuesOf('0.bias').map((value, c) => (value - mean[c]) * factors[c] + beta[c])],
      ['3.weight', valuesOf('5.weight')],
      ['3.bias', valuesOf('5.bias')],
    ]);
    for (const [name, tensor] of folded.parameters) foldedRun.set(tensor, values.get(name) ?? []);
    run.run();
    foldedRun.run();
    const expected = foldedRun.get(folded.logits);
    run.get(normalized.logits).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index], 12);
    });
  });
});
