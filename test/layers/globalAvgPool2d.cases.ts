import { globalAvgPool2d } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: globalAvgPool2d(),
    input: [4, 3, 5],
    torchModule: 'nn.AdaptiveAvgPool2d(1)',
    onnxNodes: ['GlobalAveragePool'],
  },
];
