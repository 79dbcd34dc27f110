import { maxPool2d } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: maxPool2d({ kernel: 2 }),
    input: [5, 4, 2],
    torchModule: 'nn.MaxPool2d(kernel_size=(2, 2), stride=(2, 2))',
    onnxNodes: ['MaxPool'],
  },
  {
    layer: maxPool2d({ kernel: [2, 3], stride: [1, 2] }),
    input: [4, 5, 3],
    torchModule: 'nn.MaxPool2d(kernel_size=(2, 3), stride=(1, 2))',
    onnxNodes: ['MaxPool'],
  },
  {
    layer: maxPool2d({ kernel: [3, 2], stride: 2, padding: 1 }),
    input: [5, 6, 2],
    torchModule: 'nn.MaxPool2d(kernel_size=(3, 2), stride=(2, 2), padding=(1, 1))',
    onnxNodes: ['MaxPool'],
  },
];
