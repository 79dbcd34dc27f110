import { dropout } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: dropout({ probability: 0.3 }),
    input: [3, 4, 2],
    torchModule: 'nn.Dropout(0.3)',
    onnxNodes: [],
  },
  {
    layer: dropout({ probability: 0.5 }),
    input: [6],
    torchModule: 'nn.Dropout(0.5)',
    onnxNodes: [],
  },
];
