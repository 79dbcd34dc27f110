import { batchNorm2d } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: batchNorm2d(),
    input: [4, 5, 3],
    torchModule: 'nn.BatchNorm2d(3)',
    onnxNodes: ['BatchNormalization'],
  },
];
