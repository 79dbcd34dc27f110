import { batchNorm2d } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: batchNorm2d(),
    input: [4, 5, 3],
    torchModule: 'nn.BatchNorm2d(3)',
    onnxNodes: ['BatchNormalization'],
  },
  {
    layer: batchNorm2d({ epsilon: 0.25 }),
    input: [4, 5, 3],
    torchModule: 'nn.BatchNorm2d(3, eps=0.25)',
    onnxNodes: ['BatchNormalization'],
  },
];
