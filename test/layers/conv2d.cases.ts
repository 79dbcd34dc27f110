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
  {
    layer: conv2d({ outChannels: 3, kernel: 3, stride: 2, padding: 'same' }),
    input: [4, 6, 2],
    torchModule: 'SameConv2d(2, 3, kernel_size=(3, 3), stride=(2, 2))',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 2, kernel: [2, 4], padding: 'same', bias: false }),
    input: [4, 5, 3],
    torchModule: 'SameConv2d(3, 2, kernel_size=(2, 4), stride=(1, 1), bias=False)',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 2, kernel: 5, stride: 2, padding: 'same', groups: 2 }),
    input: [6, 4, 2],
    torchModule: 'SameConv2d(2, 2, kernel_size=(5, 5), stride=(2, 2), groups=2)',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 3, kernel: [3, 1], stride: [2, 1], padding: 'same' }),
    input: [5, 4, 2],
    torchModule: 'nn.Conv2d(2, 3, kernel_size=(3, 1), stride=(2, 1), padding=(1, 0))',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 3, kernel: 3, stride: [1, 2], padding: [2, 3], dilation: [2, 3] }),
    input: [4, 6, 2],
    torchModule: 'nn.Conv2d(2, 3, kernel_size=(3, 3), stride=(1, 2), padding=(2, 3), dilation=(2, 3))',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 4, kernel: [2, 3], stride: 2, padding: 'same', dilation: 3, groups: 2 }),
    input: [5, 6, 2],
    torchModule: 'SameConv2d(2, 4, kernel_size=(2, 3), stride=(2, 2), dilation=(3, 3), groups=2)',
    onnxNodes: ['Conv'],
  },
  {
    layer: conv2d({ outChannels: 3, kernel: 3, padding: 2, dilation: 2, groups: 3, bias: false }),
    input: [5, 4, 3],
    torchModule:
      'nn.Conv2d(3, 3, kernel_size=(3, 3), stride=(1, 1), padding=(2, 2), dilation=(2, 2), groups=3, bias=False)',
    onnxNodes: ['Conv'],
  },
];
