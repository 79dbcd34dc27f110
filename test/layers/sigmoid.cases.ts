import { sigmoid } from '#inkling/layers/index.js';
import type { LayerCase } from './layerCase.js';

export const cases: readonly LayerCase[] = [
  { layer: sigmoid(), input: [3, 4, 2], torchModule: 'nn.Sigmoid()', onnxNodes: ['Sigmoid'] },
  { layer: sigmoid(), input: [5], torchModule: 'nn.Sigmoid()', onnxNodes: ['Sigmoid'] },
];
