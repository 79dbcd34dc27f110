import { batchNorm1d } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: batchNorm1d(),
    input: [5],
    torchModule: 'nn.BatchNorm1d(5)',
    onnxNodes: ['BatchNormalization'],
  },
  {
    layer: batchNorm1d({ epsilon: 0.25 }),
    input: [5],
    torchModule: 'nn.BatchNorm1d(5, eps=0.25)',
    onnxNodes: ['BatchNormalization'],
  },
];
