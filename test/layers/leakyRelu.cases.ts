import { leakyRelu } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: leakyRelu(), input: [3, 4, 2], torchModule: 'nn.LeakyReLU(0.01)', onnxNodes: ['LeakyRelu'] },
  {
    layer: leakyRelu({ slope: 0.2 }),
    input: [5],
    torchModule: 'nn.LeakyReLU(0.2)',
    onnxNodes: ['LeakyRelu'],
  },
];
