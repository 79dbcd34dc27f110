import { adaptiveAvgPool2d } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: adaptiveAvgPool2d({ size: [2, 1] }),
    input: [6, 4, 3],
    torchModule: 'nn.AdaptiveAvgPool2d((2, 1))',
    onnxNodes: ['AveragePool'],
  },
  {
    layer: adaptiveAvgPool2d({ size: 3 }),
    input: [5, 7, 2],
    torchModule: 'nn.AdaptiveAvgPool2d((3, 3))',
    onnxNodes: ['Constant', 'Constant', 'MatMul', 'MatMul'],
  },
  {
    layer: adaptiveAvgPool2d({ size: [3, 4] }),
    input: [2, 6, 3],
    torchModule: 'nn.AdaptiveAvgPool2d((3, 4))',
    onnxNodes: ['Constant', 'Constant', 'MatMul', 'MatMul'],
  },
];
