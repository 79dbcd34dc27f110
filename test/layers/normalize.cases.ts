import { normalize } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: normalize({ mean: [0.5, 0, 1], deviation: [0.25, 2, 1] }),
    input: [4, 5, 3],
    torchModule: 'Normalize([0.5, 0.0, 1.0], [0.25, 2.0, 1.0])',
    onnxNodes: ['Constant', 'Constant', 'Sub', 'Div'],
  },
];
