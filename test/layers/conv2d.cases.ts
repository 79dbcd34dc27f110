import { conv2d } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: conv2d({ outChannels: 3, kernel: 2 }),
    input: [4, 3, 2],
    torchModule: 'nn.Conv2d(2, 3, kernel_size=(2, 2), stride=(1, 1), padding=(0, 0))',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 2, kernel: [3, 2], stride: [2, 1], padding: [2, 1], bias: false }),
    input: [4, 3, 3],
    torchModule: 'nn.Conv2d(3, 2, kernel_size=(3, 2), stride=(2, 1), padding=(2, 1), bias=False)',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 4, kernel: 3, padding: 1, groups: 2 }),
    input: [3, 4, 2],
    torchModule: 'nn.Conv2d(2, 4, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1), groups=2)',
    onnxNodes: ['Conv'],
  },
];
