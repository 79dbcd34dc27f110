import { relu6 } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  {
    layer: relu6(),
    input: [3, 4, 2],
    torchModule: 'nn.ReLU6()',
    onnxNodes: ['Constant', 'Constant', 'Clip'],
  },
  { layer: relu6(), input: [5], torchModule: 'nn.ReLU6()', onnxNodes: ['Constant', 'Constant', 'Clip'] },
];
