import { linear } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: linear({ outFeatures: 4 }), input: [5], torchModule: 'nn.Linear(5, 4)', onnxNodes: ['Gemm'] },
  {
    layer: linear({ outFeatures: 6, bias: false }),
    input: [3],
    torchModule: 'nn.Linear(3, 6, bias=False)',
    onnxNodes: ['Gemm'],
  },
];
